/**
 * The morning's notice: what did not sound since yesterday and what to do about it, and how the station is.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { NightDigest } from "../domain/night-digest.js";
import type { StationTrouble } from "./station-troubles.js";

export interface MorningParts {
  readonly night: NightDigest;
  readonly receivers: { readonly total: number; readonly connected: number };
  readonly alarms: number;
  readonly waitingApprovals: number;
  /** Names of chimes that nobody has approved. */
  readonly waitingChimes: readonly string[];
  readonly troubles: readonly StationTrouble[];
  readonly lastBackupAt: number | undefined;
  readonly timeOf: (at: number) => string;
}

/** A mail is no place for more; the panel lists all. */
const LISTED = 20;

export function morningDigest(parts: MorningParts): Words {
  const { night, receivers, alarms, waitingApprovals, waitingChimes, troubles, lastBackupAt, timeOf } = parts;
  const items = night.items.filter(({ byPlan }) => !byPlan);
  const rest = items.length - LISTED;
  const lines: Words[] = [
    night.words,
    ...items.slice(0, LISTED).map(({ at, title, unitName, words, advice }) => ({
      vi: `- ${timeOf(Date.parse(at))} «${title}», ${unitName}: ${words.vi}. ${advice.vi}`,
      en: `- ${timeOf(Date.parse(at))} "${title}", ${unitName}: ${words.en}. ${advice.en}`,
    })),
    ...(rest > 0 ? [{ vi: `- … và ${rest} trường hợp nữa`, en: `- … and ${rest} more` }] : []),
    {
      vi: `Loa đang kết nối: ${receivers.connected}/${receivers.total}. Cảnh báo đang mở: ${alarms}. Bản tin chờ duyệt: ${waitingApprovals}.`,
      en: `Loudspeakers connected: ${receivers.connected} of ${receivers.total}. Open alarms: ${alarms}. Waiting for an approval: ${waitingApprovals}.`,
    },
    ...(waitingChimes.length === 0 ? [] : [chimeWords(waitingChimes)]),
    lastBackupAt === undefined
      ? { vi: "Chưa biết bản sao lưu nào.", en: "No backup is known." }
      : { vi: `Sao lưu gần nhất: ${timeOf(lastBackupAt)}.`, en: `Last backup: ${timeOf(lastBackupAt)}.` },
    ...troubles.map(({ words }) => words),
  ];
  const inLanguage = (language: keyof Words) =>
    lines
      .map((line) => line[language])
      .join("\n")
      .slice(0, MOST_LETTERS);
  return { vi: inLanguage("vi"), en: inLanguage("en") };
}

function chimeWords(names: readonly string[]): Words {
  const listed = names.slice(0, LISTED).join(", ");
  return {
    vi: `Nhạc hiệu chờ duyệt, chưa duyệt thì chưa phát: ${listed}.`,
    en: `Chimes that wait for an approval and do not sound before: ${listed}.`,
  };
}

/** As a notice holds. */
const MOST_LETTERS = 4000;
