/**
 * One door as data. The same table is mounted on Express and written into the OpenAPI document, so the two cannot differ.
 *
 * @module
 */
import type { Request, Response } from "express";
import type * as z from "zod";
import type { Words } from "../../base/errors.js";
import type { Permission, Touched } from "../../domain/permission.js";
import type { Person } from "../../domain/person.js";
import type { Caller } from "./access.js";
import type { Site } from "./account-verbs.js";
import type { ControlVerbs, Expected, Kept, Upload } from "./control-verbs.js";
import type { Piecewise } from "./piecewise.js";

/** Any schema, classic or mini. */
export type Schema = z.core.$ZodType;
type Out<S> = S extends Schema ? z.output<S> : undefined;

/** Who may come in: `open` anybody; `near` a program on the same machine, or the token; `device` a paired receiver;
 * `pairing` anybody, with few guesses. */
export type Access = "open" | "near" | "station" | "device" | "pairing";

/**
 * What a door needs of whoever calls: nothing; to be somebody, whatever they may do, for their own account (`self`; `proven`
 * when that must have been shown lately); to be allowed anything at all (`known`); or to be allowed something.
 */
export type Needs<C> = "nothing" | "self" | "proven" | "known" | Need<C>;

export interface Need<C> {
  /** One of these is enough. */
  readonly permission: Permission | readonly Permission[];
  /** What the request touches, from the things themselves. */
  readonly touches: "anywhere" | "station" | ((call: C) => Touched | readonly Touched[]);
  /** Whether it is so dangerous that who sits there must have been proven lately. */
  readonly fresh?: boolean | ((call: C) => boolean);
}

/** What a door answers with. */
export type Reply<T> =
  | { readonly kind: "json"; readonly value: T }
  /** Somebody has entered, or has another secret now: it goes into the cookie. */
  | { readonly kind: "entered"; readonly value: T; readonly secret: string }
  /** Somebody has left: the cookie goes. */
  | { readonly kind: "left" }
  /** A value with its mark as ETag. */
  | { readonly kind: "kept"; readonly kept: Kept<T> }
  | { readonly kind: "nothing" }
  | { readonly kind: "text"; readonly text: string }
  /** A text that is too long to hold, as a download. */
  | { readonly kind: "pieces"; readonly pieces: AsyncIterable<string>; readonly name: string; readonly media: string }
  /** Bytes that are made for this answer: as a download, or shown under a policy of its own. */
  | {
      readonly kind: "bytes";
      readonly bytes: Uint8Array;
      readonly media: string;
      readonly name: string;
      /** Present for a page to be looked at: its Content-Security-Policy. */
      readonly policy?: string;
    }
  /** A picture that never changes. */
  | { readonly kind: "picture"; readonly bytes: Uint8Array; readonly media: string }
  /** A file that never changes, in ranges when asked; `etag` names its content. */
  | { readonly kind: "file"; readonly path: string; readonly etag: string };

/** One request, already read and checked. */
export interface Call<P, Q, B> {
  readonly control: ControlVerbs;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** The handed-in file of a door with `takes: "upload"`; an empty one elsewhere. */
  readonly upload: Upload;
  /** Files that come piece by piece. */
  readonly piecewise: Piecewise;
  readonly person: Person;
  /** What the browser or program calls itself. */
  readonly agent: string;
  /** The name and origin by which the browser knows the station. */
  readonly site: Site;
  /** Whoever calls; absent where a door needs nothing. */
  readonly caller: Caller | undefined;
  /** Whether the caller may do another thing, too: for lists that show each person their part. */
  mayAlso(permission: Permission, touched: Touched): boolean;
  readonly expected: Expected;
}

interface Spec<P, Q, B, R> {
  /** Name of the operation, unique: `listReceivers`. */
  readonly id: string;
  readonly method: "get" | "put" | "post" | "patch" | "delete";
  /** From the root, with `{name}` for a part that varies. */
  readonly path: `/${string}`;
  readonly tag: string;
  readonly summary: Words;
  readonly access: Access;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** How the body comes: JSON unless said. */
  readonly takes?: "json" | "text" | "upload";
  /** Largest file of a door with `takes: "upload"`, bytes; the station's largest recording when left out. */
  readonly mostBytes?: number;
  readonly status: 200 | 201 | 202 | 204;
  /** What is answered: a schema for JSON, else the media type in `media`. */
  readonly response?: R;
  readonly media?: string;
  /** Whether the request must say which state it read (`If-Match`). */
  readonly needsExpected?: boolean;
}

/** A door whose request is read, whose verb is called and whose answer is written by the mount. */
export interface VerbRoute<P = unknown, Q = unknown, B = unknown, R = unknown>
  extends Spec<Schema | undefined, Schema | undefined, Schema | undefined, Schema | undefined> {
  readonly needs: Needs<Call<P, Q, B>>;
  run(call: Call<P, Q, B>): Reply<R> | Promise<Reply<R>>;
  /** The thing as it is now, to show beside a refused change. */
  current?(call: Call<P, Q, B>): Kept<unknown>;
}

/** A door that writes its own answer. */
export interface RawRoute extends Spec<Schema | undefined, undefined, undefined, Schema | undefined> {
  readonly needs: "nothing" | (Need<unknown> & { readonly touches: "anywhere" | "station" });
  raw(request: Request, response: Response, control: ControlVerbs): void | Promise<void>;
}

export type Route = VerbRoute | RawRoute;

/** Names a door whose schemas decide the types that its `run` sees. */
export function route<
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
  R extends Schema | undefined = undefined,
>(
  spec: Spec<P, Q, B, R> & {
    readonly needs: Needs<Call<Out<P>, Out<Q>, Out<B>>>;
    run(call: Call<Out<P>, Out<Q>, Out<B>>): Reply<Out<R>> | Promise<Reply<Out<R>>>;
    current?(call: Call<Out<P>, Out<Q>, Out<B>>): Kept<unknown>;
  },
): Route {
  // The mount hands over exactly what the schemas of this very object gave, which the erased type can no longer say.
  return spec as unknown as Route;
}

export const json = <T>(value: T) => ({ kind: "json", value }) as const;
/** What says of itself in which state it is, for {@link kept} and to be shown beside a refused change. */
export const marked = <T extends { readonly revision: string }>(value: T): Kept<T> => ({
  value,
  revision: value.revision,
});
export const kept = <T>(value: Kept<T>) => ({ kind: "kept", kept: value }) as const;
export const entered = <T>(value: T, secret: string) => ({ kind: "entered", value, secret }) as const;
export const left = { kind: "left" } as const;
export const nothing = { kind: "nothing" } as const;
export const plain = (text: string) => ({ kind: "text", text }) as const;
