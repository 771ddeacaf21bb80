import { execFile } from "node:child_process";
import { copyFile, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * A disk that can lose its power: an ext4 file system in a file. What a program has written but not synced is in the memory
 * of the kernel and not in the file, so a copy of the file is what a power cut leaves behind.
 * `megabytes` is its size; the default holds a station with its logs.
 *
 * Needs root, `mkfs.ext4` and loop devices.
 */
export async function openLoopDisk(folder: string, megabytes = 160) {
  const mounted = join(folder, "disk");
  let number = 0;
  const image = () => join(folder, `image-${number}`);
  const mount = () => run("mount", ["-o", "loop", image(), mounted]);

  await mkdir(mounted, { recursive: true });
  const file = await open(image(), "w");
  await file.truncate(megabytes * 1024 * 1024);
  await file.close();
  await run("mkfs.ext4", ["-q", "-F", image()]);
  await mount();

  return {
    folder: mounted,
    /** Everything that was written so far is on the platters. */
    settle: () => run("sync", ["-f", mounted]),
    /** Leaves no byte free, and gives all of it back. */
    async fill() {
      const fill = (bytes: string) =>
        run("dd", ["if=/dev/zero", `of=${join(mounted, "filler")}`, `bs=${bytes}`, "oflag=append", "conv=notrunc"]);
      // It ends when there is no more room, which is a failure to it.
      for (const bytes of ["64k", "512"]) await fill(bytes).catch(() => undefined);
    },
    empty: () => rm(join(mounted, "filler")),
    /** Takes what is on the platters at this moment. Whoever writes to the disk must be frozen. */
    async freeze() {
      await copyFile(image(), join(folder, `image-${number + 1}`));
    },
    /** Goes on with what {@link freeze} took, as after the power is back. Nobody may have a file open. */
    async comeBack() {
      await run("umount", [mounted]);
      await rm(image());
      number += 1;
      await mount();
    },
    async close() {
      await run("umount", ["-l", mounted]).catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
export type LoopDisk = Awaited<ReturnType<typeof openLoopDisk>>;
