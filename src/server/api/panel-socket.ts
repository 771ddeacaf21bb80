/**
 * What panels watch: a snapshot, then each change with its number. A panel that cannot keep up gets a fresh snapshot
 * instead of old changes, and one that stays behind is closed; none of them ever makes another wait (R8). Panels say what they
 * have open, and each hears who else has.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { type Cancel, type Clock, every } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Ms, ms } from "../../base/units.js";
import { type Access, type Caller, callerOrNobody } from "./access.js";
import type { Change } from "./changes.js";
import type { ControlVerbs } from "./control-verbs.js";
import { isOwnHost, isOwnOrigin } from "./origin.js";
import { createPanelView, type Seeing } from "./panel-view.js";
import { createPresence, type Presence } from "./presence.js";

/** Where panels connect. */
export const PANEL_PATH = "/ws/panel";
/** Largest message from a panel, bytes: it says the token, and what it has open. */
const MAX_MESSAGE = 1024;
/** Panels at the same time; a ward has a handful. */
const MAX_PANELS = 50;
/** Bytes that may wait at a socket before it misses changes and gets a snapshot instead. */
const MAX_WAITING = 256 * 1024;
/** How long a panel without a cookie may take to say the token. */
const LOGIN_TIME: Ms = ms(5_000);
/** How often panels are asked whether they live and the slow ones are looked at; silent or stuck for two rounds is gone. */
const ROUND: Ms = ms(15_000);
/** Close codes: 1008 not let in, 1013 come back later. */
const CLOSE_REFUSED = 1008;
const CLOSE_LATER = 1013;

/** What changed up to that number is not for this panel: only the number is told, so that none is missing. */
export interface Untold {
  readonly kind: "untold";
  readonly n: number;
}
/** The station is there. Pages do not see pings. */
export interface Alive {
  readonly kind: "alive";
}
const ALIVE = JSON.stringify({ kind: "alive" } satisfies Alive);

export interface PanelSocket {
  /** Takes an upgrade to {@link PANEL_PATH}; `false` leaves it to another door. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): void;
}

export interface PanelSocketOptions {
  readonly control: ControlVerbs;
  readonly access: Access;
  readonly clock: Clock;
  readonly log: Log;
  /** Names the station goes by besides localhost and IP addresses, lower case. */
  readonly hosts?: readonly string[];
}

interface Panel {
  readonly socket: WebSocket;
  readonly caller: Caller;
  readonly seeing: Seeing;
  /** Whether it missed changes and waits for a snapshot. */
  isBehind: boolean;
  /** Number of the newest change that was not for it and that it was not told of yet. */
  untold: number | undefined;
  /** Rounds in which nothing was heard from it. */
  silent: number;
  /** Called when the machine has taken a message. */
  readonly onSent: () => void;
}

export function createPanelSocket({ control, access, clock, log, hosts = [] }: PanelSocketOptions): PanelSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false });
  const panels = new Set<Panel>();
  const presence = createPresence<Panel>({
    now: () => clock.date(),
    tell: (told) => {
      for (const panel of panels) sendPresence(panel, told);
    },
  });

  const view = createPanelView(control);
  /** While no panel is open, nothing is looked up for any. */
  let unsubscribe: (() => void) | undefined;
  const rest = () => {
    unsubscribe?.();
    unsubscribe = undefined;
  };

  function admit(socket: WebSocket, caller: Caller): void {
    if (panels.size >= MAX_PANELS) {
      socket.close(CLOSE_LATER, "too many panels");
      return;
    }
    const panel: Panel = {
      ...{ socket, caller, seeing: view.seeingOf(caller), isBehind: false, untold: undefined, silent: 0 },
      onSent: () => catchUp(panel),
    };
    panels.add(panel);
    unsubscribe ??= control.subscribe(tell);
    const live = () => {
      panel.silent = 0;
    };
    socket.on("pong", live).on("message", live);
    socket.on("message", (raw: RawData) => presence.heard(panel, caller.person, raw.toString()));
    socket.on("close", () => {
      panels.delete(panel);
      presence.gone(panel);
      if (panels.size === 0) rest();
    });
    sendSnapshot(panel);
    for (const told of presence.all()) sendPresence(panel, told);
  }

  /** Only a hint: a panel that is behind misses it until it is said again. */
  function sendPresence(panel: Panel, told: Presence): void {
    const { socket, isBehind, seeing } = panel;
    if (!isBehind && socket.bufferedAmount <= MAX_WAITING && view.mayHearOf(seeing, told.thing))
      socket.send(JSON.stringify(told), panel.onSent);
  }

  function sendSnapshot(panel: Panel): void {
    panel.isBehind = false;
    panel.untold = undefined;
    const told = view.snapshotFor(panel.seeing);
    if (told) panel.socket.send(JSON.stringify({ kind: "snapshot", ...told }), panel.onSent);
  }

  function tell(change: Change): void {
    const textFor = view.textOf(change);
    for (const panel of panels) {
      if (panel.socket.bufferedAmount > MAX_WAITING) panel.isBehind = true;
      if (panel.isBehind) continue;
      const text = textFor(panel.seeing);
      if (text === undefined) {
        panel.untold = change.n;
        continue;
      }
      tellNumber(panel);
      panel.socket.send(text, panel.onSent);
    }
  }

  /** Before what follows, and now and then: a ward is not woken by each change of a city. */
  function tellNumber(panel: Panel): void {
    if (panel.untold === undefined) return;
    panel.socket.send(JSON.stringify({ kind: "untold", n: panel.untold } satisfies Untold), panel.onSent);
    panel.untold = undefined;
  }

  /** A snapshot holds everything that was missed, once the old messages are through. */
  function catchUp(panel: Panel): void {
    const { readyState, bufferedAmount, OPEN } = panel.socket;
    if (panel.isBehind && readyState === OPEN && bufferedAmount === 0) sendSnapshot(panel);
  }

  const forgetEnds = control.onSessionEnd((session) => {
    for (const { caller, socket } of panels) if (caller.session === session) socket.close(CLOSE_REFUSED, "logged out");
  });

  const stopRounds = every(clock, ROUND, () => {
    presence.expire();
    for (const panel of panels) {
      if (!access.stillHolds(panel.caller)) panel.socket.close(CLOSE_REFUSED, "session over");
      if (view.hasChanged(panel.seeing)) panel.isBehind = true;
      panel.silent += 1;
      if (panel.silent > 2) panel.socket.terminate();
      else {
        panel.socket.ping();
        if (panel.socket.bufferedAmount > 0) continue;
        panel.socket.send(ALIVE);
        if (panel.isBehind) sendSnapshot(panel);
        else tellNumber(panel);
      }
    }
  });

  function open(socket: WebSocket, request: IncomingMessage): void {
    const caller = callerOrNobody(access, request);
    socket.on("error", (error) => log.debug("panel.error", { error: error.message }));
    if (caller) admit(socket, caller);
    else
      waitForToken(socket, {
        clock,
        by: (token) => access.callerBy(token, request),
        onRight: (who) => admit(socket, who),
      });
  }

  return {
    handleUpgrade(request, socket, head) {
      if (request.url?.split("?")[0] !== PANEL_PATH) return false;
      const isOwn = isOwnHost(request, hosts) && isOwnOrigin(request);
      // Whoever is logged in never waits for strangers who say nothing.
      const isFull = server.clients.size - panels.size >= MAX_PANELS && callerOrNobody(access, request) === undefined;
      if (!isOwn || isFull) refuse(socket, isOwn ? 503 : 403);
      else server.handleUpgrade(request, socket, head, (opened) => open(opened, request));
      return true;
    },
    close() {
      stopRounds();
      forgetEnds();
      rest();
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

interface Login {
  readonly clock: Clock;
  readonly by: (token: string) => Caller | undefined;
  readonly onRight: (caller: Caller) => void;
}

/** A program that cannot set headers says `{"token": "…"}` first. */
function waitForToken(socket: WebSocket, { clock, by, onRight }: Login): void {
  const cancel: Cancel = clock.after(LOGIN_TIME, () => socket.close(CLOSE_REFUSED, "no token"));
  socket.once("close", cancel);
  socket.once("message", (raw) => {
    cancel();
    const caller = by(tokenIn(raw));
    if (caller) onRight(caller);
    else socket.close(CLOSE_REFUSED, "wrong token");
  });
}

function tokenIn(raw: RawData): string {
  try {
    const said: unknown = JSON.parse(raw.toString());
    return typeof said === "object" && said !== null && "token" in said && typeof said.token === "string"
      ? said.token
      : "";
  } catch (error) {
    // Not JSON is a wrong token like any other; the socket is closed for it.
    if (error instanceof SyntaxError) return "";
    throw error;
  }
}

function refuse(socket: Duplex, status: 403 | 503): void {
  socket.on("error", () => socket.destroy());
  const text = status === 403 ? "Forbidden" : "Service Unavailable";
  socket.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
