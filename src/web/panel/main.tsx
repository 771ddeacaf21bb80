/**
 * Where the panel begins: who sits here, the line to the station, the first page.
 *
 * @module
 */
import { computed, effect } from "@preact/signals";
import { render } from "preact";
import { backoff } from "../../base/backoff.js";
import { systemClock } from "../../base/clock.js";
import { seconds } from "../../base/units.js";
import type { Area } from "../../domain/area.js";
import type { SelfView } from "../../server/api/account-views.js";
import { ask, DOOR, sentenceOf } from "./ask.js";
import { recallChoices } from "./choices.js";
import { enterAgain } from "./door.js";
import { keepLine, picture } from "./live/line.js";
import { followHistory } from "./paths.js";
import { areas, self, unlearned } from "./session.js";
import { Shell } from "./shell.js";
import "./style/panel.css";

const RETRY = { base: seconds(2), cap: seconds(30) };
const SOCKET = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/panel`;

/** Whether the station answers within five seconds. */
async function isReachable(): Promise<boolean> {
  const late = new AbortController();
  const cancel = systemClock.after(seconds(5), () => late.abort());
  try {
    return (await fetch("/healthz", { signal: late.signal, cache: "no-store" })).ok;
  } catch {
    return false;
  } finally {
    cancel();
  }
}

/** At the start, and whenever the station was away: rights and areas may have changed meanwhile. */
const snapshots = computed(() => (picture.value?.snapshots ?? 0) + (picture.value?.stale.areas ?? 0));
let learning = 0;
async function learn(tries = 0): Promise<void> {
  learning += 1;
  const turn = learning;
  try {
    const asks = [ask<SelfView>("GET", "/session"), ask<readonly Area[]>("GET", "/areas")] as const;
    const [who, all] = await Promise.all(asks);
    if (turn !== learning) return;
    self.value = who;
    areas.value = new Map(all.map((area) => [area.id, area]));
    unlearned.value = undefined;
  } catch (thrown) {
    if (turn !== learning) return;
    unlearned.value = sentenceOf(thrown);
    systemClock.after(backoff(tries, { ...RETRY, random: Math.random }), () => void learn(tries + 1));
  }
}

function start(): void {
  recallChoices();
  followHistory();
  const root = document.getElementById("panel");
  if (root) render(<Shell />, root);
  keepLine({
    clock: systemClock,
    random: Math.random,
    open: () => new WebSocket(SOCKET),
    isReachable,
    onRefused: (again) => void enterAgain(DOOR).then((isInside) => isInside && again()),
  });
  effect(() => {
    // Read, so that it runs again with each snapshot.
    if (snapshots.value >= 0) void learn();
  });
}

start();
