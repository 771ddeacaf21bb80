/**
 * The page for residents: what was announced in the last two days, to read and to hear again, and a form for complaints. Without
 * a script and without an account; made at most every half a minute, however many look.
 *
 * @module
 */
import type { Express, Request, Response } from "express";
import * as z from "zod";
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import { createThrottle, networkOf } from "../../base/throttle.js";
import { minutes } from "../../base/units.js";
import { areaIdSchema, type Sha256, sha256Schema } from "../../domain/ids.js";
import { localDateSchema, localTime, secondsOf } from "../../domain/local-time.js";
import { zoneOf } from "../../domain/zone.js";
import type { Board, BoardItem } from "../control/public-board.js";
import { newComplaintSchema } from "./care-requests.js";
import type { CareVerbs } from "./care-verbs.js";
import { readForm } from "./form-page.js";
import { document, safe } from "./html.js";
import { addressOf } from "./origin.js";
import { statusOf } from "./problems.js";
import { read } from "./refusals.js";
import { sendFile } from "./send-file.js";
import type { Shelf } from "./shelf.js";

/** Where it is; the words mean «to hear again». */
const AT = "/nghe-lai";
/** How long what was made is given out. */
const FRESH = minutes(0.5);
/** Complaints of one household in an hour: more is somebody's game. */
const COMPLAINTS = { most: 5, within: minutes(60) };
/** Of all together: a crowd of addresses must not fill the station's book. */
const ALL_COMPLAINTS = { most: 120, within: minutes(60) };
const ALL = "all";

/** What residents are shown; absent where the station shows them nothing. */
export interface Residents {
  readonly board: () => Promise<Board>;
  readonly takesComplaints: boolean;
}

export interface PublicPages {
  readonly residents: Residents;
  readonly control: Pick<CareVerbs, "recordComplaint"> & { clipFile(sha256: Sha256): string | undefined };
  readonly clock: Clock;
  readonly shelf: Shelf;
}

export function mountPublicPages(app: Express, { residents, control, clock, shelf }: PublicPages): void {
  const throttle = createThrottle(clock, COMPLAINTS);
  const together = createThrottle(clock, ALL_COMPLAINTS);
  let made: { readonly at: number; readonly board: Promise<Board> } | undefined;
  const board = () => {
    if (made === undefined || clock.now() - made.at > FRESH) made = { at: clock.now(), board: residents.board() };
    // What failed is tried again by the next who looks.
    made.board.catch(() => {
      made = undefined;
    });
    return made.board;
  };
  const page = async (request: Request, response: Response, note?: Note) => {
    const area = areaIdSchema.safeParse(request.query.noi).data;
    const html = pageOf(await board(), { area, note, takesComplaints: residents.takesComplaints });
    if (note === undefined) response.set("Cache-Control", "public, max-age=30");
    response.type("html").send(html);
  };

  app.get(AT, (request, response) => page(request, response));
  app.get(`${AT}/am-thanh/:sha256`, async (request, response) => {
    const sha256 = sha256Schema.safeParse(request.params.sha256).data;
    // Only what stands on the page now: no other sound of the station is anybody's.
    const isShown = sha256 !== undefined && (await board()).items.some(({ clip }) => clip === sha256);
    const path = isShown ? control.clipFile(sha256) : undefined;
    if (path === undefined || sha256 === undefined) throw gone();
    response.type("audio/ogg");
    await sendFile(request, response, { path, etag: sha256, shelf });
  });
  if (!residents.takesComplaints) return;
  app.post(AT, readForm, async (request, response) => {
    const address = networkOf(addressOf(request));
    const wait = Math.max(throttle.waitSeconds(address), together.waitSeconds(ALL));
    try {
      if (wait > 0) throw tooMany(response, wait);
      const complaint = complaintIn({ ...request.body }, (await board()).zone);
      // A field that nobody sees is filled in by programs only; they are thanked like anybody.
      if (request.body?.website === "") {
        throttle.wrong(address);
        together.wrong(ALL);
        await control.recordComplaint(complaint, { name: RESIDENT, from: addressOf(request) });
      }
      await page(request, response, { kind: "status", words: THANKS });
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown;
      response.status(statusOf(thrown, response));
      await page(request, response, { kind: "alert", words: thrown.words.vi });
    }
  });
}

const RESIDENT = "Người dân (trang công khai)";

const formSchema = z.object({
  pole: z.string().trim().max(20),
  place: z.string(),
  date: localDateSchema,
  time: z.string().regex(/^\d\d:\d\d$/),
  what: z.string(),
  contact: z.string().trim().max(200),
});

function complaintIn(body: object, zone: string) {
  const { pole, date, time, contact, ...rest } = read(formSchema, body);
  const at = zoneOf(zone).toEpoch(date, secondsOf(localTime(time)));
  return read(newComplaintSchema, {
    ...{ place: rest.place, what: rest.what, at: new Date(at).toISOString() },
    ...(pole === "" ? {} : { pole }),
    ...(contact === "" ? {} : { contact }),
  });
}

interface Note {
  readonly kind: "status" | "alert";
  readonly words: string;
}

interface Shown {
  readonly area: Parameters<Board["in"]>[0] | undefined;
  readonly note: Note | undefined;
  readonly takesComplaints: boolean;
}

function pageOf(board: Board, { area, note, takesComplaints }: Shown): string {
  const { station, wards } = board;
  const items = area === undefined ? board.items : board.in(area);
  const options = wards.map(
    ({ id, name }) => `<option value="${safe(id)}"${id === area ? " selected" : ""}>${safe(name)}</option>`,
  );
  const told = note === undefined ? "" : `<p role="${note.kind}">${safe(note.words)}</p>`;
  const choice = `<form method="get" action="${AT}"><label for="noi">Phường, xã</label> <select id="noi" name="noi"><option value="">Tất cả</option>${options.join("")}</select> <button>Xem</button></form>`;
  const list =
    items.length === 0
      ? "<p>Trong 48 giờ qua chưa có bản tin nào được loa báo đã phát ở đây.</p>"
      : items.map((item) => itemOf(item, board.zone)).join("");
  return document(
    `Nghe lại – ${station}`,
    `<main><h1>${safe(station)}: bản tin 48 giờ qua</h1>${told}${choice}${list}${takesComplaints ? FORM : ""}</main>`,
  );
}

const CLASSES = { ordinary: "■ Thông thường", priority: "◆ Ưu tiên", emergency: "▲ Khẩn cấp" } as const;
const WITHHELD = {
  recalled: "Bản tin này đã được thu hồi. Xin nghe bản đính chính nếu có.",
  erased: "Nội dung không còn được công bố.",
} as const;

function itemOf({ title, class: of, at, text, clip, withheld }: BoardItem, zone: string): string {
  const when = new Intl.DateTimeFormat("vi-VN", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(at);
  const says =
    withheld === undefined ? (text === undefined ? "" : `<p>${safe(text)}</p>`) : `<p>${WITHHELD[withheld]}</p>`;
  const sound =
    clip === undefined
      ? ""
      : `<p><audio controls preload="none" src="${AT}/am-thanh/${clip}" aria-label="Nghe: ${safe(title)}"></audio></p>`;
  return `<article><h2>${safe(title === "" ? "(đã gỡ)" : title)}</h2><p><small>${CLASSES[of]} · ${when}</small></p>${says}${sound}</article>`;
}

const field = (name: string, label: string, input: string) => `<label for="${name}">${label}</label>${input}`;
const FORM = `<section><h2>Phản ánh về loa</h2><form class="person" method="post" action="${AT}">${[
  field("pole", "Số ghi trên cột loa (nếu có)", '<input id="pole" name="pole" maxlength="20">'),
  field("place", "Ở đâu", '<input id="place" name="place" maxlength="200" required>'),
  field("date", "Ngày", '<input id="date" name="date" type="date" required>'),
  field("time", "Lúc", '<input id="time" name="time" type="time" required>'),
  field("what", "Chuyện gì", '<input id="what" name="what" maxlength="500" required>'),
  field(
    "contact",
    "Cách liên hệ lại (không bắt buộc; chỉ người phụ trách loa thấy, xóa sau khi xong)",
    '<input id="contact" name="contact" maxlength="200">',
  ),
].join(
  "",
)}<input name="website" value="" tabindex="-1" autocomplete="off" hidden><button>Gửi phản ánh</button></form></section>`;

const THANKS = "Đã nhận phản ánh. Cảm ơn bà con.";

const gone = () => new Fault("not-found", { vi: "Không còn âm thanh này.", en: "There is no such sound any more." });

function tooMany(response: Response, wait: number): Fault {
  response.set("Retry-After", String(wait));
  return new Fault(
    "busy",
    {
      vi: `Đã nhận nhiều phản ánh từ nơi này. Xin gửi lại sau ${Math.ceil(wait / 60)} phút. Phản ánh vừa rồi chưa được ghi.`,
      en: `Many complaints came from here. Send it again in ${Math.ceil(wait / 60)} minutes. This one was not written down.`,
    },
    { reason: "throttled" },
  );
}
