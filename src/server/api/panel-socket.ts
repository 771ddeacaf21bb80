/**
 * What panels watch: a snapshot, then each change with its number. A panel that cannot keep up gets a fresh snapshot
 * instead of old changes, and one that stays behind is closed; none of them ever makes another wait (R8).
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { type Cancel, type Clock, every } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Ms, ms } from "../../base/units.js";
import type { Access } from "./access.js";
import type { Change, WatchVerbs } from "./control-verbs.js";
import { isOwnHost, isOwnOrigin } from "./origin.js";

/** Where panels connect. */
export const PANEL_PATH = "/ws/panel";
/** Largest message from a panel, bytes: only the token is ever said. */
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

export interface PanelSocket {
  /** Takes an upgrade to {@link PANEL_PATH}; `false` leaves it to another door. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): void;
}

export interface PanelSocketOptions {
  readonly control: WatchVerbs;
  readonly access: Access;
  readonly clock: Clock;
  readonly log: Log;
  /** Names the station goes by besides localhost and IP addresses, lower case. */
  readonly hosts?: readonly string[];
}

interface Panel {
  readonly socket: WebSocket;
  /** Whether it missed changes and waits for a snapshot. */
  isBehind: boolean;
  /** Rounds in which nothing was heard from it. */
  silent: number;
  /** Called when the machine has taken a message. */
  readonly onSent: () => void;
}

export function createPanelSocket({ control, access, clock, log, hosts = [] }: PanelSocketOptions): PanelSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false });
  const panels = new Set<Panel>();

  function admit(socket: WebSocket): void {
    const panel: Panel = { socket, isBehind: false, silent: 0, onSent: () => catchUp(panel) };
    panels.add(panel);
    const live = () => {
      panel.silent = 0;
    };
    socket.on("pong", live).on("message", live);
    socket.on("close", () => panels.delete(panel));
    sendSnapshot(panel);
  }

  function sendSnapshot(panel: Panel): void {
    panel.isBehind = false;
    panel.socket.send(JSON.stringify({ kind: "snapshot", ...control.snapshot() }), panel.onSent);
  }

  const unsubscribe = control.subscribe((change: Change) => {
    if (panels.size === 0) return;
    const text = JSON.stringify(change);
    for (const panel of panels) {
      if (panel.socket.bufferedAmount > MAX_WAITING) panel.isBehind = true;
      if (!panel.isBehind) panel.socket.send(text, panel.onSent);
    }
  });

  /** A snapshot holds everything that was missed, once the old messages are through. */
  function catchUp(panel: Panel): void {
    const { readyState, bufferedAmount, OPEN } = panel.socket;
    if (panel.isBehind && readyState === OPEN && bufferedAmount === 0) sendSnapshot(panel);
  }

  const stopRounds = every(clock, ROUND, () => {
    for (const panel of panels) {
      panel.silent += 1;
      if (panel.silent > 2) panel.socket.terminate();
      else panel.socket.ping();
    }
  });

  function open(socket: WebSocket, isKnown: boolean): void {
    socket.on("error", (error) => log.debug("panel.error", { error: error.message }));
    if (panels.size >= MAX_PANELS) socket.close(CLOSE_LATER, "too many panels");
    else if (isKnown) admit(socket);
    else waitForToken(socket, { access, clock, onRight: () => admit(socket) });
  }

  return {
    handleUpgrade(request, socket, head) {
      if (request.url?.split("?")[0] !== PANEL_PATH) return false;
      const isOwn = isOwnHost(request, hosts) && isOwnOrigin(request);
      if (!isOwn || server.clients.size >= 2 * MAX_PANELS) refuse(socket, isOwn ? 503 : 403);
      else server.handleUpgrade(request, socket, head, (opened) => open(opened, access.isLetIn(request)));
      return true;
    },
    close() {
      stopRounds();
      unsubscribe();
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

interface Login {
  readonly access: Access;
  readonly clock: Clock;
  readonly onRight: () => void;
}

/** A program that cannot set headers says `{"token": "…"}` first. */
function waitForToken(socket: WebSocket, { access, clock, onRight }: Login): void {
  const cancel: Cancel = clock.after(LOGIN_TIME, () => socket.close(CLOSE_REFUSED, "no token"));
  socket.once("close", cancel);
  socket.once("message", (raw) => {
    cancel();
    if (access.isRightToken(tokenIn(raw))) onRight();
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
