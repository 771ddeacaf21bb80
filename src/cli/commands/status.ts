/**
 * `loa status`: whether the station on this machine runs and is ready, for people and for whoever watches containers.
 *
 * @module
 */
import { resolve } from "node:path";
import { readinessView } from "../../server/api/views.js";
import { stationFolder } from "../../server/config.js";
import { type Command, misuse } from "../command.js";
import { ownDoor } from "../station-client.js";

export const status: Command = {
  usage: ["status [ĐÀI]"],
  async run({ positionals }, io) {
    const [named, extra] = positionals;
    if (extra !== undefined) throw misuse({ vi: `Thừa «${extra}».`, en: `"${extra}" is too much.` });
    const folder = resolve(io.cwd, stationFolder(named ?? (io.env.LOA_STATION || io.cwd), {}));
    const { server, ask } = ownDoor(folder, io);
    const answer = await ask(new URL("readyz", server), { method: "GET", headers: {} }).catch(() => undefined);
    const read = readinessView.safeParse(await answer?.json().catch(() => undefined));
    if (!read.success) {
      io.out(`✗ Không có đài nào trả lời ở / no station answers at ${server}\n`);
      return 1;
    }
    const { ready, reasons } = read.data;
    io.out(ready ? "✓ Đài sẵn sàng phát.\n  The station is ready.\n" : "✗ Đài chưa sẵn sàng.\n  It is not ready.\n");
    for (const { words } of reasons) io.out(`! ${words.vi}\n  ${words.en}\n`);
    return ready ? 0 : 1;
  },
};
