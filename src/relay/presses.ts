/**
 * What a line of a button's program means. Pure: text in, press out.
 *
 * Known are `gpiomon` (both generations), `evtest`, and any program that prints a word of its own for each press.
 *
 * @module
 */

/** What a person at the pole wants. */
export type Press = "stop" | "mute";

/**
 * @param usual what a press means whose line does not name a key
 * @returns `undefined` for what is no press: headings, releases, repeats
 */
export function parsePress(line: string, usual: Press): Press | undefined {
  if (line === "") return undefined;
  const event = /^Event: time [\d.]+, .*\(EV_KEY\), code \d+ \((\w+)\), value (\d+)$/.exec(line);
  if (event) return event[2] === "1" ? named(event[1] ?? "", usual) : undefined;
  if (/^event:\s+(RISING|FALLING) EDGE /i.test(line) || /^[\d.]+\s+(rising|falling)\s/.test(line)) return usual;
  // One word, as a script of the house's own would print it; the headings of other programs are sentences.
  return /^[\w-]{1,32}$/.test(line) ? named(line, usual) : undefined;
}

const named = (word: string, usual: Press): Press => {
  if (/mute/i.test(word)) return "mute";
  return /stop/i.test(word) ? "stop" : usual;
};
