/**
 * Playlists as extended M3U in UTF-8, the form that other programs exchange. Announcements are named
 * `loa:announcement/<id>`, chimes by their file name in the library; what M3U has no word for stands in `#LOA-` comments,
 * which other programs ignore.
 *
 * @module
 */
import { Fault } from "../base/errors.js";
import type { AnnouncementId, PlaylistId } from "./ids.js";
import { libraryNameSchema, type Playlist, type PlaylistItem, playlistSchema } from "./playlist.js";

/** More text than a playlist of 200 items could ever need. */
const LONGEST_TEXT = 262_144;
const MOST_LINES = 4000;
const SCHEME = "loa:announcement/";

/** What a listing shows beside an announcement, when it is known. */
export interface Listed {
  readonly title: string;
  /** Seconds. */
  readonly seconds: number;
}

/** The playlist as M3U8 text. Line ends and control characters in titles become spaces. */
export function exportM3u8(playlist: Playlist, known?: (id: AnnouncementId) => Listed | undefined): string {
  const head = ["#EXTM3U", `#PLAYLIST:${oneLine(playlist.title)}`];
  if (playlist.note !== undefined) head.push(`#LOA-NOTE:${JSON.stringify(playlist.note)}`);
  return `${[...head, ...playlist.items.flatMap((item) => itemLines(item, known))].join("\n")}\n`;
}

function itemLines(item: PlaylistItem, known?: (id: AnnouncementId) => Listed | undefined): string[] {
  if (item.kind === "pause") return [`#LOA-PAUSE:${item.ms}`];
  const gain = item.gainDb === 0 ? [] : [`#LOA-GAIN:${item.gainDb}`];
  if (item.kind === "chime") return [`#EXTINF:-1,${item.recording}`, ...gain, item.recording];
  const listed = known?.(item.announcement);
  const length = listed ? Math.ceil(listed.seconds) : -1;
  return [
    `#EXTINF:${length},${oneLine(listed?.title ?? item.announcement)}`,
    `#LOA-REPEAT:${item.repeat},${item.gapMs}`,
    ...gain,
    `${SCHEME}${item.announcement}`,
  ];
}

/** What the comments before an entry say about it. */
interface Pending {
  repeat?: number;
  gapMs?: number;
  gainDb?: number;
}

/**
 * Reads M3U8 text into a playlist with the given id. Comments that are not ours are passed over; what would play something
 * from elsewhere (an address, a path, a stream's playlist) is refused.
 *
 * @throws Fault "invalid" naming the line; nothing is kept
 */
export function importM3u8(text: string, id: PlaylistId): Playlist {
  if (text.length > LONGEST_TEXT) throw refusedLine(0, "tệp quá lớn", "the file is too large");
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  if (lines.length > MOST_LINES) throw refusedLine(MOST_LINES, "tệp có quá nhiều dòng", "the file has too many lines");
  if (lines[0]?.trim() !== "#EXTM3U")
    throw refusedLine(1, "tệp không bắt đầu bằng #EXTM3U", "the file does not begin with #EXTM3U");
  const draft: { title: string; note?: string; items: object[] } = { title: id, items: [] };
  let pending: Pending = {};
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const number = index + 1;
    if (line === "" || index === 0) continue;
    if (hasControl(line)) throw refusedLine(number, "có ký tự điều khiển", "it holds a control character");
    if (line.startsWith("#")) readComment(line, number, { draft, pending });
    else {
      draft.items.push({ ...entryOf(line, number), ...pending });
      pending = {};
    }
  }
  return checked({ ...draft, id });
}

function readComment(
  line: string,
  number: number,
  { draft, pending }: { readonly draft: { title: string; note?: string; items: object[] }; readonly pending: Pending },
): void {
  const [, name = "", value = ""] = /^#([A-Z0-9-]+):?(.*)$/.exec(line) ?? [];
  if (name.startsWith("EXT-X-"))
    throw refusedLine(
      number,
      "đây là luồng phát HLS, không phải danh sách phát",
      "this is an HLS stream, not a playlist",
    );
  if (name === "PLAYLIST" && value.trim()) draft.title = value.trim();
  if (name === "LOA-NOTE") draft.note = noteOf(value, number);
  if (name === "LOA-PAUSE") draft.items.push({ kind: "pause", ms: numberOf(value, number) });
  if (name === "LOA-GAIN") pending.gainDb = numberOf(value, number);
  if (name === "LOA-REPEAT") {
    const [repeat = "", gap = ""] = value.split(",");
    pending.repeat = numberOf(repeat, number);
    pending.gapMs = numberOf(gap, number);
  }
}

function entryOf(line: string, number: number): object {
  if (line.startsWith(SCHEME)) return { kind: "announcement", announcement: line.slice(SCHEME.length) };
  if (libraryNameSchema.safeParse(line).success) return { kind: "chime", recording: line };
  throw refusedLine(
    number,
    `«${line.slice(0, 60)}» không phải loa:announcement/<mã> hay tên tệp trong thư viện`,
    `"${line.slice(0, 60)}" is neither loa:announcement/<id> nor the name of a file in the library`,
  );
}

function noteOf(value: string, number: number): string {
  try {
    const note: unknown = JSON.parse(value);
    if (typeof note === "string") return note;
  } catch (cause) {
    throw refusedLine(number, "ghi chú không đọc được", "the note cannot be read", cause);
  }
  throw refusedLine(number, "ghi chú không đọc được", "the note cannot be read");
}

function numberOf(value: string, number: number): number {
  if (/^-?\d{1,7}(?:\.\d{1,3})?$/.test(value.trim())) return Number(value);
  throw refusedLine(number, `«${value.slice(0, 20)}» không phải là số`, `"${value.slice(0, 20)}" is not a number`);
}

function checked(draft: object): Playlist {
  const read = playlistSchema.safeParse(draft);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = `/${(issue?.path ?? []).map(String).join("/")}`;
  throw new Fault(
    "invalid",
    {
      vi: `Danh sách phát trong tệp không dùng được ở ${path}: chưa có gì được lưu. Hãy sửa tệp rồi nhập lại.`,
      en: `the playlist in the file cannot be used at ${path} (${issue?.message ?? "wrong"}); nothing was kept, mend the file and try again`,
    },
    { path, reason: "bad-m3u8" },
  );
}

const oneLine = (text: string): string =>
  [...text]
    .map((letter) => (hasControl(letter) ? " " : letter))
    .join("")
    .trim();

/** C0, DEL, C1 and the two separators that some programs take for line ends. A tab is no harm. */
const hasControl = (text: string): boolean => /[^\P{Cc}\t]|[\u2028\u2029]/u.test(text);

const refusedLine = (number: number, vi: string, en: string, cause?: unknown): Fault =>
  new Fault(
    "invalid",
    {
      vi: `Không nhập được tệp M3U8, dòng ${number}: ${vi}. Chưa có gì được lưu.`,
      en: `the M3U8 file cannot be read at line ${number}: ${en}; nothing was kept`,
    },
    { path: `/line/${number}`, reason: "bad-m3u8", cause },
  );
