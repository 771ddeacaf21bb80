/**
 * Settings as people change them in the panel: what holds now, what would hold after the next start, and who decided it. A change is
 * tried as a start would read it before it is kept.
 *
 * @module
 */
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../base/clock.js";
import { Fault, reasonOf } from "../base/errors.js";
import { seconds } from "../base/units.js";
import type { Area } from "../domain/area.js";
import type { LogLine } from "../domain/log-line.js";
import { messageOf, type Notice } from "../domain/notice.js";
import type { Person } from "../domain/person.js";
import type { Policy } from "../domain/policy.js";
import { STATION_SETTINGS } from "../domain/station-setting.js";
import { overridesOf } from "./config/overrides.js";
import { decided, PANEL_JSON, type PanelFile, policyKey, readPanelFile } from "./config/panel-file.js";
import { valueAt } from "./config/schema-walk.js";
import type { Station } from "./config.js";
import { loadStation, settingsSchema } from "./config.js";
import type { AsRunLog } from "./control/ports.js";
import type { WeekChanges } from "./control/week-ahead.js";
import { recipientsOf } from "./notice-recipients.js";
import { createTimeOf } from "./notices.js";
import {
  loggedRecipients,
  RECIPIENTS,
  type RecipientWish,
  recipientsFrom,
  recipientViews,
} from "./settings-recipients.js";
import { machineFiles, writeDurably } from "./store/index.js";

/** Lines of the log that are looked through for who decided what. */
const LINES = 1000;
/** The answer goes out before the station does. */
const BEFORE_RESTART = seconds(1);

export interface SettingsDeskParts {
  readonly station: Station;
  readonly asRun: Pick<AsRunLog, "event" | "page">;
  readonly clock: Clock;
  /** What the coming week would be with these policies. */
  readonly weekWith: (policies: readonly Policy[]) => Promise<WeekChanges>;
  readonly isOnAir: () => boolean;
  /** Starts the station anew in this very program; absent where it cannot. */
  readonly restart: (() => void) | undefined;
}

interface Saving {
  readonly expected: string | undefined;
  readonly by: Person;
}

export function createSettingsDesk({ station, asRun, clock, weekWith, isOnAir, restart }: SettingsDeskParts) {
  const { folder, surroundings } = station;
  let file = readPanelFile(folder, []);
  /** The station as the next start would read it. */
  let next = station;
  const revision = () => createHash("sha256").update(JSON.stringify(file)).digest("hex").slice(0, 16);

  const keep = async (candidate: PanelFile, expected: string | undefined) => {
    if (expected !== "*" && expected !== revision()) throw changedMeanwhile();
    // As the next start would: whatever it would refuse is refused here, and nothing is kept.
    const tried = loadStation(folder, surroundings, candidate);
    await writeDurably(machineFiles, join(folder, PANEL_JSON), `${JSON.stringify(candidate, undefined, 2)}\n`, {
      isShared: true,
    });
    [file, next] = [candidate, tried];
  };
  const withPolicy = (policy: Policy): PanelFile => ({
    ...file,
    policies: [...file.policies.filter((one) => policyKey(one) !== policyKey(policy)), policy],
  });
  const view = async () => ({
    settings: settingsOf({ station, next, file, changes: await asRun.page({ kind: "settings.changed" }, LINES) }),
    policies: next.policies,
    areas: [...next.areas.values()],
    recipients: recipientViews(next.settings.notices.recipients, station.settings.notices.recipients),
    canMail: next.settings.notices.smtp !== undefined,
    needsRestart: next !== station,
    canRestart: restart !== undefined,
  });
  const shown = async () => ({ value: await view(), revision: revision() });

  return {
    settings: shown,

    /** `null` goes back to what `station.json` says, or the default. @throws Fault "invalid", "conflict" */
    async changeSettings(changes: Readonly<Record<string, unknown>>, { expected, by }: Saving) {
      for (const key of Object.keys(changes)) if (!STATION_SETTINGS.some((one) => one.key === key)) throw notHere(key);
      const settings = Object.entries({ ...file.settings, ...changes }).filter(([, value]) => value !== null);
      const was = next.settings;
      await keep({ ...file, settings: Object.fromEntries(settings) as PanelFile["settings"] }, expected);
      const pick = (from: object) =>
        Object.fromEntries(Object.keys(changes).map((key) => [key, valueAt(from, key.split("."))]));
      const keys = Object.keys(changes);
      asRun.event({ kind: "settings.changed", by, before: pick(was), after: pick(next.settings), detail: { keys } });
      return shown();
    },

    /** Who is told what, in the place of the list before. @throws Fault "invalid", "conflict" */
    async putRecipients(wishes: readonly RecipientWish[], { expected, by }: Saving) {
      const was = next.settings.notices.recipients;
      const recipients = recipientsFrom(wishes, was);
      const settings = { ...file.settings, [RECIPIENTS]: recipients } as PanelFile["settings"];
      await keep({ ...file, settings }, expected);
      const [before, after] = [was, next.settings.notices.recipients].map((all) => ({
        [RECIPIENTS]: loggedRecipients(all),
      }));
      asRun.event({ kind: "settings.changed", by, before, after, detail: { keys: [RECIPIENTS] } });
      return shown();
    },

    /** What it would change in the coming week. @throws Fault "invalid" for what no place may allow (R1) */
    async reviewPolicy(policy: Policy) {
      const tried = loadStation(folder, surroundings, withPolicy(policy));
      return weekWith(tried.policies);
    },

    async putPolicy(policy: Policy, { expected, by }: Saving) {
      const before = next.policies.find((one) => policyKey(one) === policyKey(policy));
      await keep(withPolicy(policy), expected);
      asRun.event({ kind: "policy.changed", area: policy.area, by, before, after: policy });
      return shown();
    },

    async putArea(area: Area, { expected, by }: Saving) {
      const before = next.areas.get(area.id);
      await keep({ ...file, areas: [...decided(file.areas, [area], ({ id }) => id)] }, expected);
      asRun.event({ kind: "area.changed", area: area.id, by, before, after: area });
      return shown();
    },

    /** @throws Fault "unavailable" where nobody starts it anew; "conflict", reason `on-air` */
    async restartStation(by: Person) {
      if (restart === undefined) throw byHand();
      if (isOnAir()) throw onAir();
      asRun.event({ kind: "station.restart-asked", by });
      clock.after(BEFORE_RESTART, restart);
    },

    /** Sends a test to one recipient. @throws Fault "not-found"; "unavailable" with what the way out said */
    async testNotice(name: string, by: Person) {
      const recipient = recipientsOf(station, clock).find((one) => one.name === name);
      if (!recipient) throw noRecipient(name);
      const { settings } = station;
      const test: Notice = { kind: "test", at: clock.date(), title: TEST };
      const id = randomBytes(12).toString("hex");
      const parcel = {
        ...messageOf(settings.station.name, [test], createTimeOf(settings.zone)),
        id,
        station: settings.station.name,
      };
      const late = new AbortController();
      const cancel = clock.after(PATIENCE, () => late.abort());
      const outcome = await recipient.deliver({ ...parcel, notices: [{ ...test, id }] }, late.signal).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      cancel();
      asRun.event({ kind: "notice.tested", by, detail: { recipient: name, arrived: outcome === undefined } });
      if (outcome !== undefined) throw notSent(name, reasonOf(outcome));
    },
  };
}
export type SettingsDesk = ReturnType<typeof createSettingsDesk>;

/** A mail server that says nothing for so long has not taken it. */
const PATIENCE = seconds(20);

interface Shown {
  readonly station: Station;
  readonly next: Station;
  readonly file: PanelFile;
  /** Lines about changes of settings, oldest first. */
  readonly changes: readonly LogLine[];
}

function settingsOf({ station, next, file, changes }: Shown) {
  const { env, flags = {} } = station.surroundings;
  const settled = new Map(overridesOf(env, flags).map(({ path, source }) => [path.join("."), source]));
  const defaults = settingsSchema.parse({ station: { name: station.settings.station.name } });
  const written: unknown = JSON.parse(
    readFileSync(join(station.paths.config, "station.json"), "utf8").replace(/^\uFEFF/, ""),
  );
  return STATION_SETTINGS.map((setting) => {
    const path = setting.key.split(".");
    const [value, later] = [valueAt(station.settings, path), valueAt(next.settings, path)];
    const last = changes.findLast(({ detail }) => keysOf(detail).includes(setting.key));
    return {
      ...setting,
      value: plain(value),
      ...(setting.key === "station.name" ? {} : { standard: plain(valueAt(defaults, path)) }),
      from: settled.has(setting.key)
        ? ("environment" as const)
        : setting.key in file.settings
          ? ("panel" as const)
          : valueAt(written, path) === undefined
            ? ("default" as const)
            : ("file" as const),
      ...(value === later ? {} : { later: plain(later) }),
      ...(last?.by === undefined ? {} : { changed: { by: last.by, at: new Date(last.at).toISOString() } }),
    };
  });
}

const plain = (value: unknown): string | number | boolean | null =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;

const keysOf = (detail: object | undefined): readonly unknown[] =>
  detail && "keys" in detail && Array.isArray(detail.keys) ? detail.keys : [];

const TEST = { vi: "Tin thử: đài gửi được tin nhắn đến bạn.", en: "A test: the station can send you notices." };

const changedMeanwhile = () =>
  new Fault("conflict", {
    vi: "Người khác vừa đổi cài đặt. Không có gì bị ghi đè; hãy xem lại rồi lưu.",
    en: "Somebody has just changed settings. Nothing was overwritten; look again, then save.",
  });
const notHere = (key: string) =>
  new Fault(
    "invalid",
    {
      vi: `«${key}» không đổi được ở đây. Không có gì được lưu.`,
      en: `"${key}" is not changed here. Nothing was kept.`,
    },
    { reason: "unknown-field", path: `/${key}` },
  );
const byHand = () =>
  new Fault(
    "unavailable",
    {
      vi: "Chương trình này không tự khởi động lại được. Hãy khởi động lại đài trên máy chủ (ví dụ: systemctl restart loa).",
      en: "This program cannot start itself anew. Start the station again on its machine (such as: systemctl restart loa).",
    },
    { reason: "by-hand" },
  );
const onAir = () =>
  new Fault(
    "conflict",
    {
      vi: "Đang phát, nên đài chưa khởi động lại. Hãy chờ lượt này xong, hoặc dừng trước. Cài đặt đã lưu vẫn còn.",
      en: "Something is on air, so the station does not start anew. Wait for its end or stop it. What was saved stays.",
    },
    { reason: "on-air" },
  );
const noRecipient = (name: string) =>
  new Fault("not-found", { vi: `Không có người nhận «${name}».`, en: `There is no recipient "${name}".` });
const notSent = (name: string, why: string) =>
  new Fault(
    "unavailable",
    { vi: `Tin thử không đến được «${name}»: ${why}`, en: `The test did not reach "${name}": ${why}` },
    { reason: "not-sent" },
  );
