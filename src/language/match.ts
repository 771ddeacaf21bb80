/**
 * What a rule of reading finds, and what it is asked.
 *
 * @module
 */

/** What a token is. */
export type TokenKind =
  | "space"
  | "punctuation"
  | "word"
  | "abbreviation"
  | "number"
  /** The number of an official document, such as `16/CT-TTg`. */
  | "document"
  | "date"
  /** A month, quarter, year or span of years. */
  | "period"
  | "time"
  /** A telephone number or short service number. */
  | "phone"
  /** An account, identity, tax or card number. */
  | "identity"
  | "plate"
  | "money"
  /** A number with a unit. */
  | "measure"
  | "coordinate"
  | "roman"
  | "ordinal"
  | "range"
  | "fraction"
  | "score"
  /** A version, a section number, a network address, a road, a virus: letters and digits that name something. */
  | "code"
  /** A web or e-mail address. */
  | "web"
  | "symbol"
  | "unknown";

/** What a rule found. */
export interface Match {
  /** Just past the last unit of what was found; always beyond where the rule looked. */
  readonly end: number;
  /** Empty when it is not said. */
  readonly spoken: string;
  readonly kind: TokenKind;
  /** Whether the reading can be relied on. A person must confirm every other. */
  readonly known: boolean;
}

/** Looks at `index` of `text`, and says what it found there. Takes time in proportion to what it finds, no more. */
export type Recogniser = (text: string, index: number) => Match | undefined;
