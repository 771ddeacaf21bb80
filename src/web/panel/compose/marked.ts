/**
 * The spoken text in pieces, so that what the voice says otherwise than it is written, and what it cannot read, can be pointed
 * at and taught. Pure.
 *
 * @module
 */
import type { SpokenView } from "../../../server/api/views.js";

/** `same`: said as it is written. `changed`: said otherwise. `unknown`: nobody has taught how to say it. */
export interface Piece {
  readonly is: "same" | "changed" | "unknown";
  readonly spoken: string;
  /** As it stands in the source text; empty for `same`. */
  readonly source: string;
  /** Where it begins in the source text, UTF-16 units; where a run of `same` begins. */
  readonly start: number;
}

type Token = SpokenView["tokens"][number];

/** The whole of the spoken text, in order; neighbours that are said as they are written are one piece. */
export function piecesOf({ spoken, tokens }: Pick<SpokenView, "spoken" | "tokens">): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const plain = (to: number, start: number) => {
    const text = spoken.slice(at, to);
    const last = pieces.at(-1);
    if (text === "") return;
    if (last?.is === "same") pieces[pieces.length - 1] = { ...last, spoken: last.spoken + text };
    else pieces.push({ is: "same", spoken: text, source: "", start });
  };
  for (const token of tokens.filter(isMarked)) {
    const found = spoken.indexOf(token.spoken, at);
    // What the voice leaves out cannot be pointed at.
    if (found < 0 || token.spoken === "") continue;
    plain(found, token.start);
    at = found + token.spoken.length;
    const { source, start } = token;
    pieces.push({ is: token.known ? "changed" : "unknown", spoken: token.spoken, source, start });
  }
  plain(spoken.length, at);
  return pieces;
}

const isMarked = ({ kind, known, source, spoken }: Token) =>
  kind !== "space" && kind !== "punctuation" && (!known || source !== spoken);
