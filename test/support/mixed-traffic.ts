import { exportLog } from "./check-house.js";
import type { Happening } from "./history.js";
import type { ProcessHouse } from "./process-house.js";
import { tone } from "./tones.js";

/** Recordings beyond this are made in place of older ones no more: the disk of a test is small. */
const MOST_RECORDINGS = 25;
/** Lines of the log that every look compares; the last look compares all. */
const NEWEST = 300;
/** From one order to the next, ms, on average. */
const CALM_MS = 2_500;
const OFFICER = "Trưởng ca (thử)";

interface Known {
  readonly announcements: { readonly id: string; readonly approved: boolean }[];
  readonly playlists: { readonly etag: string; readonly value: { readonly id: string; readonly title: string } }[];
  readonly receivers: { readonly id: string; readonly volume: number }[];
}

/**
 * What people do in a busy ward, chosen by `random`: edits, uploads, approvals, orders, stops. It keeps account of what the
 * station has acknowledged, and looks whether all of it is still there.
 */
export function createTraffic(house: ProcessHouse, random: () => number) {
  const happened: Happening[] = [];
  const counts = { asked: 0, acknowledged: 0 };
  /** Lines of the log that the station has shown. */
  const seen = new Map<number, string>();
  /** Recordings that exist, and the version of those that nobody approved. */
  const waiting: { readonly id: string; readonly version: string }[] = [];
  const orders = new Set<string>();
  let recordings = 0;
  let calmUntil = 0;
  const pick = <T>(of: readonly T[]): T | undefined => of[Math.floor(random() * of.length)];
  const note = (kind: "asked" | "acknowledged", what: string, value: string) => {
    counts[kind] += 1;
    happened.push({ kind, at: Date.now(), what, value });
  };
  /** A write of a value; resolves with its answer, or with nothing when it was not acknowledged. */
  const write = async <T>(what: string, value: string, task: () => Promise<T>): Promise<T | undefined> => {
    note("asked", what, value);
    const answer = await task().catch(() => undefined);
    if (answer !== undefined) note("acknowledged", what, value);
    return answer;
  };
  /** For calls that answer nothing. */
  const done = (task: Promise<unknown>) => task.then(() => true as const);

  const edits = [
    () => {
      const percent = 20 + Math.floor(random() * 80);
      const call = () => done(house.call("PUT", "/receivers/loa-1/volume", { percent }));
      return write("the volume of loa-1", `${percent}`, call);
    },
    () => {
      const title = `Danh sách ${Math.floor(random() * 1e6)}`;
      const items = [{ kind: "announcement", announcement: "tin" }];
      const call = async () => {
        const all = await house.call<Known["playlists"]>("GET", "/playlists");
        const etag = all.find(({ value }) => value.id === "khac")?.etag;
        const headers = etag === undefined ? {} : { "if-match": etag };
        return done(house.call("PUT", "/playlists/khac", { id: "khac", title, items }, headers));
      };
      return write("the title of khac", title, call);
    },
  ];
  const upload = async () => {
    if (recordings >= MOST_RECORDINGS) return pick(edits)?.();
    const id = `tai-${++recordings}`;
    const answer = await write(`the recording ${id}`, "kept", () => house.upload(id, tone(0.4, 300 + recordings * 10)));
    if (answer) waiting.push({ id, version: answer.version });
    return undefined;
  };
  const approve = async () => {
    const one = waiting.shift();
    if (!one) return upload();
    const call = () => done(house.approve(one.id, one.version));
    if (!(await write(`the approval of ${one.id}`, "kept", call))) waiting.push(one);
    return undefined;
  };
  /** An order, whose line the log must keep from then on. */
  const order = async (path: string, body: object) => {
    // So that most of the programme is heard in peace.
    if (Date.now() < calmUntil) return;
    calmUntil = Date.now() + CALM_MS * (0.5 + random());
    const answer = await house.call<{ order: string }>("POST", path, body).catch(() => undefined);
    counts.asked += 1;
    if (!answer) return;
    note("acknowledged", `the order ${answer.order}`, "issued");
    orders.add(answer.order);
  };
  const play = () => {
    const isEmergency = random() < 0.4;
    return order("/play", {
      content: { kind: "announcement", announcement: isEmergency ? "khan" : "tin" },
      targets: { areas: ["phuong"] },
      ...(isEmergency ? { class: "emergency", confirmedBy: OFFICER } : {}),
    });
  };
  const stop = () => order("/stop", random() < 0.5 ? {} : { scope: { kind: "areas", areas: ["phuong"] } });

  /** Weights by how often each may happen without hiding the others. */
  const acts: readonly (readonly [weight: number, act: () => Promise<unknown>])[] = [
    [5, () => pick(edits)?.() ?? Promise.resolve()],
    [2, upload],
    [2, approve],
    [2, play],
    [1, stop],
  ];
  const total = acts.reduce((sum, [weight]) => sum + weight, 0);

  /** Everything that anybody ever asked for or was shown, by its name, as it is now. */
  const look = async (isLast = false): Promise<void> => {
    const log = await exportLog(await house.access());
    const issued = new Set(log.flatMap(({ kind, detail }) => (kind === "order.issued" ? (detail?.id ?? []) : [])));
    const [announcements, playlists, receivers] = await Promise.all([
      house.call<Known["announcements"]>("GET", "/announcements"),
      house.call<Known["playlists"]>("GET", "/playlists"),
      house.call<Known["receivers"]>("GET", "/receivers"),
    ]);
    const at = Date.now();
    const found = (what: string, value: string | undefined) =>
      happened.push({ kind: "found", at, what, ...(value === undefined ? {} : { value }) });
    for (let number = 1; number <= recordings; number++) {
      const it = announcements.find(({ id }) => id === `tai-${number}`);
      found(`the recording tai-${number}`, it && "kept");
      found(`the approval of tai-${number}`, it?.approved ? "kept" : undefined);
    }
    const volume = receivers.find(({ id }) => id === "loa-1")?.volume;
    if (happened.some((it) => it.kind === "asked" && it.what === "the volume of loa-1"))
      found("the volume of loa-1", `${volume}`);
    found("the title of khac", playlists.find(({ value }) => value.id === "khac")?.value.title);
    for (const id of orders) found(`the order ${id}`, issued.has(id) ? "issued" : undefined);
    const hashes = new Map(log.map(({ n, hash }) => [n, hash]));
    for (const [n, hash] of isLast ? seen : [...seen].slice(-NEWEST)) {
      happened.push({ kind: "acknowledged", at: at - 1, what: `line ${n} of the log`, value: hash });
      found(`line ${n} of the log`, hashes.get(n));
    }
    for (const [n, hash] of hashes) seen.set(n, hash);
  };

  return {
    counts,
    /** What the checker of histories must know besides the log. */
    happened: happened as readonly Happening[],
    /** One thing that somebody does. Never fails: what is not acknowledged was only asked for. */
    async act(): Promise<void> {
      let left = random() * total;
      for (const [weight, one] of acts) {
        left -= weight;
        if (left < 0) return void (await one());
      }
    },
    look,
  };
}
export type Traffic = ReturnType<typeof createTraffic>;
