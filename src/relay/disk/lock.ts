/**
 * One running program per state folder. The kernel holds the lock, a socket without a file, and lets go of it however the
 * program ends.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { realpath } from "node:fs/promises";
import { createServer } from "node:net";
import { Fault } from "../../base/errors.js";

/** Takes the folder; returns what gives it back. @throws Fault "conflict" when another program has it */
export async function lockFolder(folder: string): Promise<() => void> {
  const name = createHash("sha256")
    .update(await realpath(folder))
    .digest("hex");
  const server = createServer((socket) => socket.destroy());
  try {
    server.listen({ path: `\0loa-relay-${name}` });
    await once(server, "listening");
  } catch (cause) {
    throw new Fault(
      "conflict",
      {
        vi: `thư mục ${folder} đang được một chương trình loa khác dùng; mỗi cụm loa cần một thư mục riêng (--state)`,
        en: `another running relay uses ${folder}; each receiver needs a folder of its own (--state)`,
      },
      { reason: "locked", cause },
    );
  }
  server.unref();
  return () => server.close();
}
