/**
 * What the server and a speaking program say to each other over the channel between them.
 *
 * A speaking program is a program of its own, with its own licence and its own crashes. It sends {@link FromProgram} `ready`
 * once, then answers each {@link SayRequest} in order.
 *
 * @module
 */

/** Asks for one phrase. Every request is complete in itself: the program keeps nothing from one to the next. */
export interface SayRequest {
  readonly id: number;
  /** NFC, at most a few hundred UTF-16 units. */
  readonly text: string;
  readonly voice: string;
  /** 1 is normal. */
  readonly speed: number;
}

/** One phrase as sound. */
export interface Sound {
  /** Mono; the silence around the phrase is not part of it. */
  readonly samples: Int16Array;
  /** Samples a second. */
  readonly rate: number;
  /** What was said, in phonetic signs, where the program can tell. */
  readonly phonemes?: string;
}

export type FromProgram =
  | { readonly kind: "ready" }
  /** It cannot work here at all; it ends by itself. */
  | { readonly kind: "unfit"; readonly reason: string }
  | { readonly kind: "said"; readonly id: number; readonly sound: Sound }
  /** This request cannot be served; others can. */
  | { readonly kind: "refused"; readonly id: number; readonly reason: string };
