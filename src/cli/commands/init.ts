/**
 * `loa init`: a new station.
 *
 * @module
 */
import { resolve } from "node:path";
import { type Command, exactly } from "../command.js";
import { initStation } from "../init.js";

export const init: Command = {
  usage: ["init THƯ-MỤC"],
  async run(given, io) {
    const [folder = ""] = exactly(given, ["THƯ-MỤC"]);
    const { vi, en } = await initStation(resolve(io.cwd, folder));
    io.out(`${vi}\n\n${en}\n`);
    return 0;
  },
};
