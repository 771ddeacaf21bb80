/**
 * On which days a schedule sounds, in the few forms that people think in; a rule of another form is kept as it is. Pure.
 *
 * @module
 */

/** In the order of the week. */
export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export type Repeat =
  | { readonly kind: "once" }
  | { readonly kind: "daily" }
  | { readonly kind: "weekly"; readonly days: readonly Weekday[] }
  /** A rule that this form cannot show. */
  | { readonly kind: "other"; readonly rule: string };

const isWeekday = (text: string): text is Weekday => (WEEKDAYS as readonly string[]).includes(text);

/** @param rule RFC 5545, as a schedule keeps it */
export function repeatOf(rule: string | undefined): Repeat {
  if (rule === undefined) return { kind: "once" };
  if (rule === "FREQ=DAILY") return { kind: "daily" };
  const days = /^FREQ=WEEKLY;BYDAY=([A-Z,]+)$/.exec(rule)?.[1]?.split(",");
  return days?.every(isWeekday) ? { kind: "weekly", days } : { kind: "other", rule };
}

/** The rule of a schedule; `undefined` for its first day alone. */
export function ruleOf(repeat: Repeat): string | undefined {
  switch (repeat.kind) {
    case "once":
      return undefined;
    case "daily":
      return "FREQ=DAILY";
    case "weekly":
      return `FREQ=WEEKLY;BYDAY=${WEEKDAYS.filter((day) => repeat.days.includes(day)).join(",")}`;
    case "other":
      return repeat.rule;
  }
}

/** Times of day from what somebody typed, `6:00, 17h30`; `undefined` when one of them is none. */
export function timesIn(typed: string): string[] | undefined {
  const parts = typed.split(/[\s,;]+/).filter((part) => part !== "");
  const times = parts.map((part) => {
    const found = /^(\d{1,2})(?:[:hg](\d{2})?)?(?::(\d{2}))?$/i.exec(part);
    const [hour, minute, second] = [Number(found?.[1]), Number(found?.[2] ?? 0), Number(found?.[3] ?? 0)];
    if (!found || hour > 23 || minute > 59 || second > 59) return undefined;
    const two = (value: number) => String(value).padStart(2, "0");
    return `${two(hour)}:${two(minute)}${found[3] === undefined ? "" : `:${two(second)}`}`;
  });
  if (times.length === 0 || times.includes(undefined)) return undefined;
  return [...new Set(times as string[])].sort();
}
