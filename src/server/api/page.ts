/**
 * The station on one small page until it has accounts, made on the server, without a script. It shows what receivers said, and
 * nothing that the server only hopes (R10).
 *
 * @module
 */
import type { Epoch } from "../../base/units.js";
import type { RundownLine } from "../../domain/rundown.js";
import type { AlarmView } from "./care-views.js";
import type { ControlVerbs } from "./control-verbs.js";
import { document, safe } from "./html.js";
import type { OnAirView, ReceiverView } from "./views.js";

type Shown = Pick<ControlVerbs, "alarms" | "station" | "receivers" | "onAir" | "rundown">;

/** Coming items that are shown. */
const MAX_NEXT = 8;

/** More would push everything else off the page. */
const ALARMS_SHOWN = 20;
const CLASS = { ordinary: "thông thường", priority: "ưu tiên", emergency: "khẩn cấp" } as const;
const STATE = { sounding: "đang phát", interrupted: "tạm nhường", waiting: "đang chờ" } as const;

/** The page as HTML. Names that people wrote are escaped. */
export async function renderPage(control: Shown): Promise<string> {
  const station = control.station();
  const now = Date.parse(station.now);
  const local = (time: number, withDate = false) => localTime(time, station.zone, withDate);
  const { lines } = await control.rundown({ days: 1 });
  const next = lines.filter((line) => line.fate !== "dropped" && line.start > now).slice(0, MAX_NEXT);
  return document(
    station.name,
    `<header><h1>${safe(station.name)}</h1>
<p>Bây giờ là <time datetime="${safe(station.now)}">${safe(local(now, true))}</time> (${safe(station.zone)}).
<a href="/">Xem lại</a></p></header>
<main>
${alarmSection(control.alarms(), control.receivers(), local)}<section aria-labelledby="on-air"><h2 id="on-air">Đang phát</h2>${onAirList(control.onAir())}</section>
<section aria-labelledby="next"><h2 id="next">Sắp phát</h2>${nextList(next, local)}</section>
<section aria-labelledby="receivers"><h2 id="receivers">Loa</h2>${receiverTable(control.receivers(), local)}</section>
</main>
<footer><p>Phiên bản ${safe(station.version)}. <a href="/api/v1/openapi.json">Mô tả giao diện lập trình (OpenAPI)</a></p></footer>`,
  );
}

/** What a stranger sees while there are no accounts: how to come in. */
export const renderStranger = (): string =>
  document(
    "Loa Phường",
    '<main><h1>Loa Phường</h1><p>Đài chưa có tài khoản. Hãy mở đường dẫn thiết lập được in ra khi máy chủ khởi động.</p><p lang="en">The station has no accounts yet. Open the set-up link that is printed when the server starts.</p></main>',
  );

function onAirList(onAir: readonly OnAirView[]): string {
  if (onAir.length === 0) return "<p>Không có gì đang phát.</p>";
  const items = onAir.map(
    ({ title, class: of, ordered, confirmed, sounding, failed }) =>
      `<li><strong>${safe(title)}</strong> (${CLASS[of]}): đã ra lệnh ${ordered.length} loa, đã xác nhận ${confirmed.length}, đang phát ${sounding.length}${
        failed.length > 0 ? `, không phát được ${failed.length}` : ""
      }.</li>`,
  );
  return `<ul>${items.join("")}</ul>`;
}

/** Nothing where nothing is wrong. */
function alarmSection(
  alarms: readonly AlarmView[],
  receivers: readonly ReceiverView[],
  local: (time: number, withDate: boolean) => string,
): string {
  if (alarms.length === 0) return "";
  const names = new Map(receivers.map(({ id, name }) => [id, name]));
  const items = alarms.slice(0, ALARMS_SHOWN).map(({ receiver, since, words, acknowledgedBy }) => {
    const known = acknowledgedBy === undefined ? "" : ` (${safe(acknowledgedBy)} đã biết)`;
    const from = safe(local(Date.parse(since), true));
    return `<li><strong>${safe(names.get(receiver) ?? receiver)}</strong>, từ ${from}: ${safe(words.vi)}${known}</li>`;
  });
  const more = alarms.length > ALARMS_SHOWN ? `<p>và ${alarms.length - ALARMS_SHOWN} cảnh báo nữa.</p>` : "";
  return `<section aria-labelledby="alarms"><h2 id="alarms">Cảnh báo</h2><ul>${items.join("")}</ul>${more}</section>\n`;
}

function nextList(lines: readonly RundownLine[], local: (time: number) => string): string {
  if (lines.length === 0) return "<p>Hôm nay không còn lượt phát nào trong lịch.</p>";
  const items = lines.map(
    (line) =>
      `<li><time datetime="${iso(line.start)}">${safe(local(line.start))}</time> <strong>${safe(line.title)}</strong> (${CLASS[line.class]}), ${line.receivers.length} loa.${
        line.explanation ? ` ${safe(line.explanation.vi)}` : ""
      }</li>`,
  );
  return `<ol>${items.join("")}</ol>`;
}

function receiverTable(receivers: readonly ReceiverView[], local: (time: number, withDate: boolean) => string): string {
  if (receivers.length === 0) return "<p>Chưa có loa nào.</p>";
  const rows = receivers.map(
    (receiver) =>
      `<tr><th scope="row">${safe(receiver.name)}</th><td>${link(receiver, local)}</td><td>${doing(receiver)}</td><td>${volume(receiver)}</td></tr>`,
  );
  return `<table><thead><tr><th scope="col">Tên</th><th scope="col">Kết nối</th><th scope="col">Loa báo</th><th scope="col">Âm lượng loa báo</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function link(receiver: ReceiverView, local: (time: number, withDate: boolean) => string): string {
  if (receiver.quarantined) return "cách ly: hai thiết bị dùng chung một khóa";
  if (receiver.connected) return "đang kết nối";
  if (!receiver.paired && receiver.waiting) return "thiết bị mới đang chờ xác nhận sáu từ";
  if (!receiver.paired) return "chưa ghép thiết bị";
  return receiver.lastSeen
    ? `mất liên lạc, lần cuối ${safe(local(Date.parse(receiver.lastSeen), true))}`
    : "chưa liên lạc";
}

function doing({ reported, connected, repair }: ReceiverView): string {
  if (repair) return `ngừng sử dụng, phiếu ${repair.number}: ${safe(repair.text)}`;
  if (reported === undefined) return "chưa báo gì";
  const said = reported.now.map((one) => `${STATE[one.state]} ${safe(one.title ?? one.cue)}`).join("; ") || "im lặng";
  return connected ? said : `báo lần cuối: ${said}`;
}

const volume = ({ reported }: ReceiverView) =>
  reported === undefined ? "–" : `${Math.round(reported.volume)} %${reported.muted ? " (tắt tiếng)" : ""}`;

const iso = (time: Epoch) => new Date(time).toISOString();

function localTime(time: number, zone: string, withDate: boolean): string {
  return new Intl.DateTimeFormat("vi-VN", {
    timeZone: zone,
    timeStyle: "medium",
    ...(withDate ? { dateStyle: "short" } : {}),
    hourCycle: "h23",
  }).format(time);
}
