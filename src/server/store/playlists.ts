/**
 * The playlists in their folder, one file each. People and the program both write them: a bad file is reported and left
 * out, and the others go on.
 *
 * @module
 */
import { join } from "node:path";
import type { Clock } from "../../base/clock.js";
import { Fault, type Words } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { type PlaylistId, playlistIdSchema } from "../../domain/ids.js";
import type { Playlist } from "../../domain/playlist.js";
import {
  type Files,
  machineFiles,
  moveIfThere,
  readIfThere,
  removeIfThere,
  removeUnfinished,
  syncFolder,
  writeDurably,
} from "./disk.js";

/** More files than this are not read. */
const AT_MOST = 2000;

export interface PlaylistsOptions {
  readonly folder: string;
  /** Reads the text of a file strictly; `name` is what its messages call the file. @throws Fault for a bad one */
  readonly parse: (text: string, name: string) => Playlist;
  readonly clock: Pick<Clock, "date">;
  readonly log: Log;
  readonly files?: Files;
}

/** A file that is left out, and why. */
export interface BadPlaylist {
  /** Name in the folder. */
  readonly file: string;
  readonly words: Words;
}

export interface Playlists {
  all(): readonly Playlist[];
  get(id: PlaylistId): Playlist | undefined;
  /** On disk when it resolves. A bad file of that name is kept aside. @throws Fault "unavailable" when the disk refuses */
  put(playlist: Playlist): Promise<void>;
  remove(id: PlaylistId): Promise<void>;
  /** Reads the folder again, as after a person has edited it. */
  reload(): Promise<void>;
  bad(): readonly BadPlaylist[];
}

/** @throws Fault "unavailable" when the folder cannot be read */
export async function openPlaylists(options: PlaylistsOptions): Promise<Playlists> {
  const { folder, clock, log, files = machineFiles } = options;
  await files.mkdir(folder, { recursive: true });
  await removeUnfinished(files, folder);
  let playlists = new Map<PlaylistId, Playlist>();
  let bad: readonly BadPlaylist[] = [];
  const pathOf = (id: PlaylistId) => join(folder, `${playlistIdSchema.parse(id)}.json`);

  let last: Promise<unknown> = Promise.resolve();
  /** One change at a time, so that the folder and the memory agree. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work, work);
    last = done;
    return done;
  };

  const reload = async () => {
    const read = await readAll({ ...options, files });
    for (const { file, words } of read.bad) log.error("playlist.bad-file", { file, why: words.en });
    ({ playlists, bad } = read);
  };
  await reload();

  return {
    all: () => [...playlists.values()],
    get: (id) => playlists.get(id),
    bad: () => bad,
    reload: () => inTurn(reload),
    put: (playlist) =>
      inTurn(async () => {
        const path = pathOf(playlist.id);
        if (bad.some(({ file }) => file === `${playlist.id}.json`)) {
          await moveIfThere(files, path, `${path}.bad-${new Date(clock.date()).toISOString().replace(/[:.]/g, "-")}`);
          bad = bad.filter(({ file }) => file !== `${playlist.id}.json`);
        }
        await writeDurably(files, path, `${JSON.stringify(playlist, null, 2)}\n`, { isShared: true });
        playlists.set(playlist.id, playlist);
      }),
    remove: (id) =>
      inTurn(async () => {
        await removeIfThere(files, pathOf(id));
        await syncFolder(files, folder);
        playlists.delete(id);
      }),
  };
}

async function readAll({ folder, parse, files }: PlaylistsOptions & { readonly files: Files }) {
  const playlists = new Map<PlaylistId, Playlist>();
  const bad: BadPlaylist[] = [];
  const names = (await files.readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  for (const name of names.slice(0, AT_MOST)) {
    try {
      const text = await readIfThere(files, join(folder, name));
      if (text === undefined) continue;
      const playlist = parse(text, `playlists/${name}`);
      if (name !== `${playlist.id}.json`) throw misnamed(name, playlist.id);
      playlists.set(playlist.id, playlist);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      bad.push({ file: name, words: error.words });
    }
  }
  if (names.length > AT_MOST) bad.push({ file: names[AT_MOST] ?? "", words: tooMany });
  return { playlists, bad };
}

const misnamed = (name: string, id: string): Fault =>
  new Fault("invalid", {
    vi: `playlists/${name}: /id: mã trong tệp là «${id}» nên tệp phải tên là ${id}.json`,
    en: `playlists/${name}: /id: the id in the file is "${id}", so the file must be called ${id}.json`,
  });

const tooMany: Words = {
  vi: `có quá ${AT_MOST} danh sách phát; từ tệp này trở đi không đọc nữa`,
  en: `there are more than ${AT_MOST} playlists; this and all after it are left out`,
};
