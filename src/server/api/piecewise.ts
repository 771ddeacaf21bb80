/**
 * Files that come piece by piece, over lines that break: what has arrived stays for a while, and the sender goes on behind it.
 * Whoever began a file alone can see it, add to it and hand it in.
 *
 * @module
 */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import { MEGABYTE, minutes } from "../../base/units.js";
import type { Person } from "../../domain/person.js";
import type { Upload } from "./control-verbs.js";
import { tooLarge } from "./upload.js";

/** Names a file that has come so, in place of a body. */
export const UPLOAD_HEADER = "Loa-Upload";
/** Largest piece, bytes: half a minute on a line of 256 kbit/s. */
export const PIECE = MEGABYTE;
/** What nobody adds to is removed after so long. */
export const PATIENCE = minutes(60);
/** Files of one person, and of all, that may be on their way. */
export const MOST_EACH = 3;
export const MOST_AT_ALL = 12;

/** How far a file has come, bytes. */
export interface Arrived {
  readonly id: string;
  readonly bytes: number;
  readonly received: number;
  /** Largest piece that is taken. */
  readonly pieceBytes: number;
}

export interface Piecewise {
  /** @throws Fault "too-large", or "busy" when too many are on their way */
  begin(bytes: number, by: Person): Promise<Arrived>;
  /** @throws Fault "not-found" */
  arrived(id: string, by: Person): Arrived;
  /**
   * Adds what belongs at `offset`. A piece that is there already, since only the answer was lost, changes nothing: the answer
   * says where to go on.
   *
   * @throws Fault "not-found", "conflict" when something before it is missing, "invalid" when it is longer than was said
   */
  add(id: string, piece: Upload & { readonly offset: number }, by: Person): Promise<Arrived>;
  /** The whole file; from then on it is the caller's. @throws Fault "not-found", or "conflict" when it is not whole */
  handOver(id: string, by: Person): Promise<Upload>;
  /** Forgets it; so is one that is not there. */
  drop(id: string, by: Person): Promise<void>;
}

export interface PiecewiseOptions {
  readonly folder: string;
  readonly newName: () => string;
  /** Largest file, bytes. */
  readonly most: number;
  readonly clock: Clock;
}

interface OnItsWay {
  readonly owner: string;
  readonly file: string;
  readonly bytes: number;
  received: number;
  /** What is done to it, one after the other. */
  last: Promise<unknown>;
  forget: () => void;
}

export function createPiecewise({ folder, newName, most, clock }: PiecewiseOptions): Piecewise {
  const files = new Map<string, OnItsWay>();
  const ownerOf = ({ account, name }: Person) => account ?? name;
  const view = (id: string, { bytes, received }: OnItsWay): Arrived => ({ id, bytes, received, pieceBytes: PIECE });
  const find = (id: string, by: Person): OnItsWay => {
    const one = files.get(id);
    if (one?.owner !== ownerOf(by)) throw new Fault("not-found", GONE, { reason: "no-such-upload" });
    return one;
  };
  const remove = (id: string): Promise<void> => {
    const one = files.get(id);
    one?.forget();
    files.delete(id);
    // What is written now would otherwise be made anew.
    return one ? one.last.then(() => rm(one.file, { force: true })) : Promise.resolve();
  };
  const wait = (id: string, one: OnItsWay) => {
    one.forget();
    one.forget = clock.after(PATIENCE, () => void remove(id));
  };

  async function write(one: OnItsWay, { file, bytes, offset }: Upload & { readonly offset: number }): Promise<void> {
    if (offset > one.received) throw new Fault("conflict", GAP, { reason: "missing-piece" });
    if (offset < one.received) return;
    if (offset + bytes > one.bytes) throw new Fault("invalid", TOO_LONG, { reason: "upload-length" });
    // From the offset, over what a write that failed may have left.
    await pipeline(createReadStream(file), createWriteStream(one.file, { flags: "r+", start: offset }));
    one.received = offset + bytes;
  }

  return {
    async begin(bytes, by) {
      if (bytes > most) throw tooLarge(most);
      const owner = ownerOf(by);
      const own = [...files.values()].filter((one) => one.owner === owner).length;
      if (own >= MOST_EACH || files.size >= MOST_AT_ALL) throw new Fault("busy", BUSY, { reason: "uploads" });
      const id = newName();
      const one: OnItsWay = {
        ...{ owner, file: join(folder, `${id}.part`), bytes, received: 0 },
        ...{ last: Promise.resolve(), forget: () => {} },
      };
      files.set(id, one);
      wait(id, one);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await pipeline([], createWriteStream(one.file, { flags: "wx", mode: 0o600 }));
      return view(id, one);
    },
    arrived: (id, by) => view(id, find(id, by)),
    async add(id, piece, by) {
      const one = find(id, by);
      const written = one.last.then(() => write(one, piece));
      one.last = written.catch(() => {});
      await written;
      wait(id, one);
      await rm(piece.file, { force: true });
      return view(id, one);
    },
    async handOver(id, by) {
      const one = find(id, by);
      await one.last;
      if (one.received !== one.bytes) throw new Fault("conflict", NOT_WHOLE, { reason: "upload-not-whole" });
      one.forget();
      files.delete(id);
      return { file: one.file, bytes: one.bytes };
    },
    async drop(id, by) {
      if (files.get(id)?.owner === ownerOf(by)) await remove(id);
    },
  };
}

const GONE = {
  vi: "Đài không còn giữ phần đã gửi của tệp này (quá một giờ, hoặc đài vừa khởi động lại). Hãy gửi lại từ đầu.",
  en: "The station no longer keeps what was sent of this file (over an hour ago, or it was restarted). Send it again.",
};
const GAP = {
  vi: "Thiếu một phần trước phần vừa gửi. Phần đã nhận vẫn được giữ; hãy gửi tiếp từ đó.",
  en: "Something before this piece is missing. What has arrived is kept; go on behind it.",
};
const TOO_LONG = {
  vi: "Phần vừa gửi dài hơn tệp đã báo. Phần đã nhận trước đó vẫn được giữ.",
  en: "This piece is longer than the file was said to be. What had arrived before is kept.",
};
const NOT_WHOLE = {
  vi: "Tệp chưa gửi xong. Phần đã nhận vẫn được giữ; hãy gửi tiếp.",
  en: "The file has not come whole. What has arrived is kept; go on sending.",
};
const BUSY = {
  vi: "Đang có quá nhiều tệp gửi dở. Hãy gửi xong hoặc hủy tệp trước, hay thử lại sau một giờ. Không có gì được lưu.",
  en: "Too many files are on their way. Finish or call off an earlier one, or try again in an hour. Nothing was kept.",
};
