/**
 * The panel's one line to the station: it keeps the picture true, and says since when it cannot.
 *
 * @module
 */
import { batch, computed, signal } from "@preact/signals";
import { backoff } from "../../../base/backoff.js";
import { type Cancel, type Clock, every } from "../../../base/clock.js";
import { type Epoch, epoch, later, ms, seconds, until } from "../../../base/units.js";
import type { Snapshot } from "../../../server/api/changes.js";
import type { Alive } from "../../../server/api/panel-socket.js";
import type { Presence, Thing } from "../../../server/api/presence.js";
import { type Change, follows, type Picture, pictureOf, withChanges } from "./picture.js";

/** Changes are drawn together this often: 600 loudspeakers may all have something to say. */
const DRAWN_EVERY = ms(50);
/** Drawing takes no more than this share of the time, or nobody could press anything: a slow machine draws less often. */
const DRAWING_SHARE = 0.4;
/** A page does not see the pings of its socket: when nothing has come for so long, it asks whether the station is still there. */
const ASK_AFTER = seconds(10);
/** The station says every 15 seconds that it is there: a socket that brings nothing for so long is dead, whatever else answers. */
const DEAD_AFTER = seconds(40);
const RETRY = { base: seconds(1), cap: seconds(15) };

/** `since`: by the station's clock, when the line broke. */
export type LineState = { readonly is: "opening" | "live" } | { readonly is: "lost"; readonly since: Epoch };

/** What the station last told; absent until it has. */
export const picture = signal<Picture | undefined>(undefined);
export const lineState = signal<LineState>({ is: "opening" });
/** The station's time now, to a second. */
export const now = signal<Epoch>(epoch(0));
/** Who has which thing open, by its kind and id (`announcement/tin-1`): a hint, never a lock. */
export const present = signal<ReadonlyMap<string, Presence["people"]>>(new Map());

let tell: (said: object) => void = () => {};
/** Says to the station that this panel has a thing open, or no longer; lost without a word while there is no connection. */
export const sayOpen = (thing: Thing) => tell({ open: thing });
export const sayClosed = (thing: Thing) => tell({ close: thing });

/** IANA zone of the station. */
export const zone = computed(() => picture.value?.station.zone ?? "Asia/Ho_Chi_Minh");

/** What the line needs of the browser. */
export interface LineParts {
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly open: () => WebSocket;
  /** Resolves to whether the station answers; within a few seconds. */
  readonly isReachable: () => Promise<boolean>;
  /** The station let nobody in: there is no session any more. Tries again when it is called back. */
  readonly onRefused: (again: () => void) => void;
}

type Told = ({ readonly kind: "snapshot" } & Snapshot) | Change | Presence | Alive;

/** Not let in: the session is over. */
const CLOSED_REFUSED = 1008;

/** Keeps the line open until the returned function is called. */
export function keepLine({ clock, random, open, isReachable, onRefused }: LineParts): () => void {
  let socket: WebSocket | undefined;
  let tries = 0;
  let waiting: Change[] = [];
  let cancelDraw: Cancel | undefined;
  let cancelRetry: Cancel | undefined;
  let ended = false;
  let heardAt = clock.now();
  /** The station's clock less ours, ms. */
  let ahead = 0;
  const stationNow = () => epoch(clock.date() + ahead);

  /** Before this, nothing is drawn again. */
  let restedAt = clock.now();
  const draw = () => {
    cancelDraw = undefined;
    const changes = waiting;
    waiting = [];
    const began = clock.now();
    if (picture.value) picture.value = withChanges(picture.value, changes);
    // What is shown has been worked out by the time that another task comes up.
    clock.after(ms(0), () => {
      const ended = clock.now();
      restedAt = later(ended, ms(until(began, ended) * (1 / DRAWING_SHARE - 1)));
    });
  };
  const hear = (told: Told) => {
    if (told.kind === "alive") return;
    if (told.kind === "presence") {
      present.value = new Map(present.value).set(`${told.thing.kind}/${told.thing.id}`, told.people);
      return;
    }
    if (told.kind === "snapshot") {
      ahead = Date.parse(told.station.now) - clock.date();
      tries = 0;
      waiting = [];
      batch(() => {
        present.value = new Map();
        picture.value = pictureOf(told, picture.value);
        lineState.value = { is: "live" };
        now.value = stationNow();
      });
      return;
    }
    const newest = waiting.at(-1)?.n ?? picture.value?.n;
    // Something was missed: only a snapshot is true again, and it comes with a new connection.
    if (newest === undefined || !follows(newest, told)) return socket?.close();
    waiting.push(told);
    cancelDraw ??= clock.after(ms(Math.max(DRAWN_EVERY, until(clock.now(), restedAt))), draw);
  };
  const connect = () => {
    const opened = open();
    socket = opened;
    heardAt = clock.now();
    opened.addEventListener("message", (event) => {
      heardAt = clock.now();
      if (socket === opened) hear(JSON.parse(String(event.data)) as Told);
    });
    opened.addEventListener("close", (event) => {
      if (socket !== opened) return;
      if (event.code === CLOSED_REFUSED) return onRefused(connect);
      lost();
    });
  };
  const lost = () => {
    if (ended) return;
    socket = undefined;
    if (lineState.value.is !== "lost") lineState.value = { is: "lost", since: stationNow() };
    cancelRetry = clock.after(backoff(tries, { ...RETRY, random }), connect);
    tries += 1;
  };
  const askWhetherThere = async () => {
    const asked = socket;
    const silent = until(heardAt, clock.now());
    if (!asked || silent < ASK_AFTER) return;
    if (silent < DEAD_AFTER && (await isReachable())) return;
    if (socket !== asked) return;
    asked.close();
    lost();
  };
  const stopAsking = every(clock, ASK_AFTER, () => void askWhetherThere());
  const stopTicking = every(clock, seconds(1), () => {
    if (picture.value) now.value = stationNow();
  });
  tell = (said) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(said));
  };
  connect();
  return () => {
    ended = true;
    stopAsking();
    stopTicking();
    cancelDraw?.();
    cancelRetry?.();
    socket?.close();
  };
}
