/**
 * Units as checked brands, so that a length cannot be passed where an instant is meant.
 *
 * Three kinds of time live in this house and never mix: {@link Ms} is a length; {@link Instant} is a point on this
 * process's monotonic clock; {@link Epoch} is civil time. On the wire civil time is carried as {@link Micros}.
 *
 * @module
 */
declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]: Name };

/** A length of time in milliseconds; never negative. */
export type Ms = Unit<"ms">;
/** An instant on this process's monotonic clock, in milliseconds with fraction. Only differences mean anything. */
export type Instant = Unit<"instant">;
/** Civil time: milliseconds since 1970-01-01T00:00Z. */
export type Epoch = Unit<"epoch">;
/** Civil time as the wire and the play-head carry it: whole microseconds since 1970-01-01T00:00Z (exact below 2^53). */
export type Micros = Unit<"micros">;

/** Brands a number as milliseconds. @throws RangeError when it is negative or not finite */
export const ms = (value: number): Ms => {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`${value} is not a length of time in milliseconds`);
  return value as Ms;
};

/** Brands a number as a monotonic instant. @throws RangeError when it is not finite */
export const instant = (value: number): Instant => finite(value, "a monotonic instant") as Instant;

/** Brands a number as civil time in milliseconds. @throws RangeError when it is not finite */
export const epoch = (value: number): Epoch => finite(value, "a civil time") as Epoch;

/** Brands a number as civil time in microseconds, rounded to a whole one. @throws RangeError when it is not a safe integer */
export const micros = (value: number): Micros => {
  const whole = Math.round(value);
  if (!Number.isSafeInteger(whole)) throw new RangeError(`${value} is not a civil time in microseconds`);
  return whole as Micros;
};

/** Seconds as a length. */
export const seconds = (value: number): Ms => ms(value * 1000);
/** Minutes as a length. */
export const minutes = (value: number): Ms => ms(value * 60_000);
/** Hours as a length. */
export const hours = (value: number): Ms => ms(value * 3_600_000);

/** Bytes in what people call a megabyte of a file, as their file managers count. */
export const MEGABYTE = 1024 * 1024;

/** Civil milliseconds as microseconds. */
export const toMicros = (time: Epoch): Micros => micros(time * 1000);
/** Microseconds as civil milliseconds, with the fraction kept. */
export const toEpoch = (time: Micros): Epoch => epoch(time / 1000);

/** How long from `from` until `to`; zero when `to` has already passed. */
export const until = (from: Instant, to: Instant): Ms => ms(Math.max(0, to - from));

/** The instant `length` after `from`. */
export const later = <T extends Instant | Epoch>(from: T, length: Ms): T => (from + length) as T;

function finite(value: number, what: string): number {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not ${what}`);
  return value;
}
