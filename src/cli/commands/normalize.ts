/**
 * `loa normalize`: how a text is read out.
 *
 * @module
 */
import { normalise } from "../../language/index.js";
import { type Command, misuse, readInput } from "../command.js";

export const normalize: Command = {
  usage: ["normalize [TỆP|-] [--json]"],
  flags: [
    [
      "--json",
      { vi: "kèm từng từ, từ lạ, thời lượng và cảnh báo", en: "with tokens, unknown words, length and warnings" },
    ],
  ],
  options: { json: { type: "boolean" } },
  async run(given, io) {
    const [file, extra] = given.positionals;
    if (extra !== undefined) throw misuse({ vi: `Thừa «${extra}».`, en: `"${extra}" is too much.` });
    const spoken = normalise(await readInput(file, io));
    io.out(given.values.json === true ? `${JSON.stringify(spoken, null, 2)}\n` : `${spoken.spoken}\n`);
    return 0;
  },
};
