/**
 * Control before content. Programmes and clips can wait for seconds, orders cannot: so only so many are answered at a time, few
 * while receivers come back in crowds, and the others are told when to ask again.
 *
 * @module
 */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Clock } from "../../base/clock.js";
import { type Ms, seconds } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import { receiverAsking } from "./access.js";
import type { DeviceVerbs } from "./control-verbs.js";

/** Answers under way at a time: each costs this thread some 0.2 ms, so all of them hold nothing up for 50 ms. */
const MOST = 250;
/** While crowds come back. */
const MOST_IN_A_CROWD = 25;
/** Of one receiver, whatever it writes in its requests: its program asks for one clip and one programme at a time. */
const MOST_OF_ONE = 4;
/** Whoever does not take an answer within this time loses it, and its connection: a dead line must keep nobody out. */
const LONGEST: Ms = seconds(60);
/** Over how long those who were sent away come again, seconds. */
const SPREAD = 5;
const SPREAD_IN_A_CROWD = 15;
/** What only receivers ask for. A target that is no plain path is counted with it, for it may mean the same. */
const CONTENT = /^(?!\/)|^\/(?:clips|updates|programme)\b/;

export interface ContentGateOptions {
  /** More receivers are coming than are let in at once. */
  readonly isCrowded: () => boolean;
  readonly clock: Clock;
  readonly control: Pick<DeviceVerbs, "receiverOf">;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly answer: RequestListener;
}

/** What an HTTP server calls with each request. */
export function createContentGate({ isCrowded, control, clock, random, answer }: ContentGateOptions): RequestListener {
  let open = 0;
  /** All strangers count as one. */
  const byReceiver = new Map<ReceiverId | undefined, number>();

  const hold = (receiver: ReceiverId | undefined, response: ServerResponse) => {
    open += 1;
    byReceiver.set(receiver, (byReceiver.get(receiver) ?? 0) + 1);
    const cancel = clock.after(LONGEST, () => response.destroy());
    // Comes once, whether it was answered or broken off.
    response.once("close", () => {
      cancel();
      open -= 1;
      const left = (byReceiver.get(receiver) ?? 1) - 1;
      if (left === 0) byReceiver.delete(receiver);
      else byReceiver.set(receiver, left);
    });
  };

  return (request, response) => {
    if (!CONTENT.test(request.url ?? "")) return answer(request, response);
    const crowded = isCrowded();
    const receiver = receiverAsking(request, control);
    if (open >= (crowded ? MOST_IN_A_CROWD : MOST) || (byReceiver.get(receiver) ?? 0) >= MOST_OF_ONE)
      return sendAway(request, response, 1 + Math.floor(random() * (crowded ? SPREAD_IN_A_CROWD : SPREAD)));
    hold(receiver, response);
    answer(request, response);
  };
}

const BUSY = JSON.stringify({
  type: "urn:loa-phuong:busy",
  title: "Đang bận",
  status: 503,
  detail: "Đài đang bận đón nhiều loa. Hãy hỏi lại sau số giây trong Retry-After.",
  en: { title: "Busy", detail: "The station is busy with many receivers. Ask again after the seconds in Retry-After." },
  code: "busy",
  reason: "crowded",
});

function sendAway(request: IncomingMessage, response: ServerResponse, seconds: number): void {
  response.writeHead(503, {
    "Retry-After": String(seconds),
    "Content-Type": "application/problem+json; charset=utf-8",
    "Content-Length": Buffer.byteLength(BUSY),
    "Cache-Control": "no-store",
  });
  response.end(BUSY);
  request.resume();
}
