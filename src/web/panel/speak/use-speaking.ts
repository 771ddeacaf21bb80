/**
 * From the first press until the last word has been heard.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { systemClock } from "../../../base/clock.js";
import type { Instant } from "../../../base/units.js";
import type { LiveEnd } from "../../../domain/live.js";
import type { LiveView } from "../../../server/api/live-routes.js";
import { ask, sentenceOf } from "../ask.js";
import type { Capture } from "./capture.js";
import { createOutgoing, type Outgoing } from "./outgoing.js";
import { requestOf, type Wish } from "./wish.js";

export type Speaking =
  | { readonly is: "idle" }
  | { readonly is: "opening" }
  | {
      readonly is: "on-air";
      readonly opened: LiveView;
      /** When words began to be taken. */
      readonly since: Instant;
      readonly isBroken: boolean;
      readonly isEnding: boolean;
    }
  | { readonly is: "ended"; readonly why: LiveEnd | "lost"; readonly opened: LiveView }
  | { readonly is: "refused"; readonly sentence: string };

const socketUrl = () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/microphone`;

export function useSpeaking(capture: Capture | undefined) {
  const [speaking, setSpeaking] = useState<Speaking>({ is: "idle" });
  const outgoing = useRef<Outgoing | undefined>(undefined);
  /** The button was let go before the station had answered. */
  const isLetGo = useRef(false);

  const end = () => {
    isLetGo.current = true;
    outgoing.current?.finish();
    setSpeaking((before) => (before.is === "on-air" ? { ...before, isEnding: true } : before));
  };
  const begin = async (wish: Wish) => {
    if (!capture || speaking.is === "opening" || speaking.is === "on-air") return;
    isLetGo.current = false;
    setSpeaking({ is: "opening" });
    try {
      const opened = await ask<LiveView>("POST", "/live", { body: requestOf(wish) });
      const out = createOutgoing({
        ...{ clock: systemClock, live: opened.occurrence, connect: () => new WebSocket(socketUrl()) },
        onState(state) {
          if (state === "open" && isLetGo.current) return end();
          setSpeaking((before) => {
            const since = before.is === "on-air" ? before.since : systemClock.now();
            const isEnding = before.is === "on-air" && before.isEnding;
            if (state === "connecting" && before.is !== "on-air") return before;
            return { is: "on-air", opened, since, isBroken: state === "broken", isEnding };
          });
        },
        onEnd(why) {
          capture.onPacket = undefined;
          outgoing.current = undefined;
          setSpeaking({ is: "ended", why: why ?? "lost", opened });
        },
      });
      outgoing.current = out;
      capture.onPacket = out.push;
    } catch (thrown) {
      setSpeaking({ is: "refused", sentence: sentenceOf(thrown) });
    }
  };
  // Whoever leaves the page, or closes it, has finished.
  useEffect(() => {
    addEventListener("pagehide", end);
    return () => {
      removeEventListener("pagehide", end);
      end();
    };
  }, []);
  return { speaking, begin, end };
}
