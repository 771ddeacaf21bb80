/**
 * The map under the drawing, as one PMTiles file in the station's folder. The only file that knows the format.
 *
 * @module
 */
import { type FileHandle, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Compression, type Header, PMTiles, type Source, TileType } from "pmtiles";
import { Fault } from "../../base/errors.js";
import { type BaseMap, baseMapSchema, FINEST_ZOOM, type Tile, type TilePlace } from "../../domain/base-map.js";
import { type Sha256, sha256Schema } from "../../domain/ids.js";
import { hashOfFile, keepCopy } from "./kept-copy.js";

/** What a directory or a picture may become when it is unpacked, and how large a picture is at most, bytes. */
const MOST_UNPACKED = 16_000_000;
const MOST_TILE = 1_000_000;
const LONGEST_WORDS = 300;
const ENDING = ".pmtiles";

const MEDIA: Partial<Record<TileType, string>> = {
  [TileType.Png]: "image/png",
  [TileType.Jpeg]: "image/jpeg",
  [TileType.Webp]: "image/webp",
  [TileType.Avif]: "image/avif",
};

export interface BaseMapStore {
  /** Absent while there is none. */
  about(): BaseMap | undefined;
  /** Takes a copy of a file in place of what was there; it is on disk when the promise resolves. @throws Fault "invalid" */
  keep(file: string): Promise<BaseMap>;
  remove(): Promise<void>;
  /** Absent where it has no picture. */
  tile(place: TilePlace): Promise<Tile | undefined>;
  close(): Promise<void>;
}

interface Opened {
  readonly about: BaseMap;
  readonly archive: PMTiles;
  readonly media: string;
  readonly handle: FileHandle;
}

/** Opens the folder; a file that cannot be read any more is left where it is, and there is no map. */
export async function openBaseMap(folder: string): Promise<BaseMapStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (sha256: Sha256) => join(folder, `${sha256}${ENDING}`);
  const removeOthers = async (kept: Sha256 | undefined) => {
    for (const name of await readdir(folder))
      if (name !== `${kept}${ENDING}`) await rm(join(folder, name), { force: true });
  };

  const namesIn = async () =>
    (await readdir(folder)).flatMap((name) =>
      name.endsWith(ENDING) ? (sha256Schema.safeParse(name.slice(0, -ENDING.length)).data ?? []) : [],
    );
  const openLatest = async () => {
    const found = await Promise.all(
      (await namesIn()).map(async (sha256) => ({ sha256, at: (await stat(pathOf(sha256))).mtimeMs })),
    );
    const [latest] = found.sort((one, other) => other.at - one.at);
    return latest && (await openMap(pathOf(latest.sha256), latest.sha256).catch(() => undefined));
  };
  let opened = await openLatest();

  return {
    about: () => opened?.about,
    async keep(file) {
      const sha256 = await hashOfFile(file);
      // Looked at where it lies: what is no map never gets a name here.
      await (await openMap(file, sha256)).handle.close();
      await keepCopy(file, pathOf(sha256));
      const former = opened;
      const next = await openMap(pathOf(sha256), sha256);
      opened = next;
      await former?.handle.close();
      await removeOthers(sha256);
      return next.about;
    },
    async remove() {
      const former = opened;
      opened = undefined;
      await former?.handle.close();
      await removeOthers(undefined);
    },
    async tile({ zoom, x, y }) {
      if (!opened || zoom < opened.about.minZoom || zoom > opened.about.maxZoom) return undefined;
      const found = await opened.archive.getZxy(zoom, x, y);
      if (!found || found.data.byteLength > MOST_TILE) return undefined;
      return { bytes: new Uint8Array(found.data), media: opened.media };
    },
    close: async () => opened?.handle.close(),
  };
}

/** @throws Fault "invalid", reason `no-map` or `drawn-map` */
async function openMap(path: string, sha256: Sha256): Promise<Opened> {
  const handle = await open(path, "r");
  try {
    const archive = new PMTiles(sourceOf(handle, path), undefined, unpacked);
    const header = await archive.getHeader().catch((cause: unknown) => {
      throw refused("no-map", cause);
    });
    const media = MEDIA[header.tileType];
    if (media === undefined) throw refused("drawn-map");
    const about = aboutOf(header, await archive.getMetadata().catch(() => ({})), {
      sha256,
      bytes: (await handle.stat()).size,
    });
    await archive.getZxy(header.minZoom, ...middleOf(about, header.minZoom)).catch((cause: unknown) => {
      throw refused("no-map", cause);
    });
    return { about, archive, media, handle };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

function aboutOf(header: Header, metadata: unknown, known: Pick<BaseMap, "sha256" | "bytes">): BaseMap {
  const words: Record<string, unknown> = typeof metadata === "object" && metadata !== null ? { ...metadata } : {};
  const { minLon, minLat, maxLon, maxLat, minZoom, maxZoom } = header;
  const read = baseMapSchema.safeParse({
    ...known,
    ...{ name: plain(words.name), attribution: plain(words.attribution), minZoom, maxZoom },
    bounds: [minLon, minLat, maxLon, maxLat],
  });
  if (!read.success || minZoom > maxZoom || maxZoom > FINEST_ZOOM || minLon >= maxLon || minLat >= maxLat)
    throw refused("no-map");
  return read.data;
}

/** What its maker wrote, without markup: it is shown to people. */
const plain = (words: unknown): string =>
  typeof words === "string"
    ? words
        .replace(/<[^>]*>/g, "")
        .replace(/\s+/g, " ")
        .trim()
        .slice(0, LONGEST_WORDS)
    : "";

/** The picture in the middle of the map (Web Mercator). */
function middleOf({ bounds: [west, south, east, north] }: BaseMap, zoom: number): [number, number] {
  const radians = (((south + north) / 2) * Math.PI) / 180;
  const side = 2 ** zoom;
  const x = (((west + east) / 2 + 180) / 360) * side;
  const y = ((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * side;
  const within = (value: number) => Math.min(side - 1, Math.max(0, Math.floor(value)));
  return [within(x), within(y)];
}

const sourceOf = (handle: FileHandle, key: string): Source => ({
  getKey: () => key,
  async getBytes(offset, length) {
    if (length > MOST_UNPACKED) throw new RangeError(`${length} bytes at once`);
    const bytes = new Uint8Array(length);
    const { bytesRead } = await handle.read(bytes, 0, length, offset);
    return { data: bytes.buffer.slice(0, bytesRead) };
  },
});

/** A small file must not become a large memory. */
async function unpacked(packed: ArrayBuffer, compression: Compression): Promise<ArrayBuffer> {
  if (compression === Compression.None || compression === Compression.Unknown) return packed;
  if (compression !== Compression.Gzip) throw new TypeError("neither plain nor gzip");
  const bytes = await promisify(gunzip)(new Uint8Array(packed), { maxOutputLength: MOST_UNPACKED });
  return Uint8Array.from(bytes).buffer;
}

function refused(reason: "no-map" | "drawn-map", cause?: unknown): Fault {
  const words =
    reason === "drawn-map"
      ? {
          vi: "Tệp PMTiles này chứa bản đồ vẽ (vector), trang bản đồ chưa hiện được. Hãy dùng tệp ảnh (png, jpg, webp). Bản đồ cũ được giữ nguyên.",
          en: "This PMTiles file holds a drawn (vector) map, which the page cannot show yet. Use one of pictures (png, jpg, webp). The former map is kept.",
        }
      : {
          vi: "Tệp không phải bản đồ PMTiles (phiên bản 3), hoặc đã hỏng. Bản đồ cũ được giữ nguyên.",
          en: "The file is no PMTiles map (version 3), or is damaged. The former map is kept.",
        };
  return new Fault("invalid", words, { reason, ...(cause === undefined ? {} : { cause }) });
}
