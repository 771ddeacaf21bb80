/**
 * What others wrote, on a terminal: such a text must not move the cursor, colour the screen, name its window or turn a line around,
 * and none may pass for two lines.
 *
 * @module
 */

/** Control characters but for line ends and tabs, and marks that turn the direction of writing. */
const COMMANDS = /(?![\n\t]|\r\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** The text as a terminal may be given it: each sign that would be a command becomes `�`. */
export const forTerminal = (text: string): string => text.replaceAll(COMMANDS, "\ufffd");

/** A writer to this stream: what goes to a file or another program stays byte for byte as it is. */
export const writerTo = (stream: { readonly isTTY?: boolean; write(text: string): unknown }) => (text: string) =>
  void stream.write(stream.isTTY ? forTerminal(text) : text);

/** A text of people within a line. */
export const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ");
