/**
 * Who asks: somebody who has logged in, by the cookie of their session; a program, by a token that somebody made for it;
 * or the person at this machine, by the station's own token.
 *
 * @module
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import { minutes } from "../../base/units.js";
import { hasSecondFactor } from "../../domain/account.js";
import type { ReceiverId } from "../../domain/ids.js";
import { type Grant, permissionSchema, type Right } from "../../domain/permission.js";
import type { Person } from "../../domain/person.js";
import { PROGRAM_PREFIX } from "../control/program-tokens.js";
import type { AccountVerbs } from "./account-verbs.js";
import type { DeviceVerbs } from "./control-verbs.js";
import { addressOf } from "./origin.js";

/** A `__Host-` cookie cannot be set by another host or without TLS. */
export const SECURE_COOKIE = "__Host-loa";
/** Browsers do not keep `__Host-` cookies of a station without TLS, which listens to this machine alone. */
export const PLAIN_COOKIE = "loa_session";
/** How long a proof of who sits there is fresh enough for what is dangerous. */
export const FRESH = minutes(10);
/** Longest token that is looked at, letters. */
const MAX_TOKEN = 512;
/** Longest name of a person, letters. */
const MAX_PERSON = 120;
/** Who acts when the request does not say. */
const UNNAMED = "người giữ mã đài";

/** While there are no accounts, whoever holds the station's token may do everything. */
const EVERYTHING: readonly Grant[] = permissionSchema.options.map((permission) => ({ permission }));
/** Afterwards: not to approve (two accounts must agree, R2), nor to make sound. */
const AT_THE_MACHINE: readonly Right[] = (["compose", "configure", "inspect", "stop"] as const).map((permission) => ({
  permission,
}));

/** Whoever asks, with what they have been granted. */
export interface Caller {
  readonly person: Person;
  readonly kind: "station" | "account" | "program";
  /** All of these must allow a thing: a program may do what its token says and its owner may, and no more. */
  readonly grants: readonly (readonly Grant[])[];
  /** Of the browser that is logged in. */
  readonly session?: string;
  /** Whether it was proven lately who sits there. */
  readonly isFresh: boolean;
  /** Whether more would be allowed with a second factor. */
  readonly isLimited: boolean;
}

export interface Access {
  /** @throws Fault "invalid" for a name of a person that is none */
  callerOf(request: IncomingMessage): Caller | undefined;
  /** As {@link callerOf}, by a token that was said in a message. */
  callerBy(token: string, request: IncomingMessage): Caller | undefined;
  /** Of the cookie that holds a session's secret. */
  readonly cookie: string;
  /** Whether the session behind a caller still holds, or a program's token with all that its owner might; the station's own does. */
  stillHolds(caller: Caller): boolean;
}

/** Whoever opens a socket; nobody, also where the request names somebody in a way that cannot be. */
export function callerOrNobody(access: Pick<Access, "callerOf">, request: IncomingMessage): Caller | undefined {
  try {
    return access.callerOf(request);
  } catch (thrown) {
    if (thrown instanceof Fault) return undefined;
    throw thrown;
  }
}

export interface AccessOptions {
  /** The station's token, at least 16 letters. */
  readonly token: string;
  readonly clock: Pick<Clock, "date">;
  readonly control: Pick<
    AccountVerbs,
    "hasAccounts" | "identify" | "identifyProgram" | "grantsOfProgram" | "sessionHolds"
  >;
  /** Whether browsers come by https. */
  readonly isSecure?: boolean;
}

export function createAccess({ token, clock, control, isSecure = false }: AccessOptions): Access {
  if (token.length < 16) throw new RangeError("the station's token is shorter than 16 letters");
  // Both sides are hashed first, so that neither the comparison's time nor its length tells anything.
  const mac = (text: string) => createHmac("sha256", token).update(text).digest();
  const right = mac(token);
  const cookie = isSecure ? SECURE_COOKIE : PLAIN_COOKIE;

  function byCookie(request: IncomingMessage): Caller | undefined {
    const secret = cookieOf(request, cookie);
    const known = secret === "" ? undefined : control.identify(secret);
    if (!known) return undefined;
    const { account, session, grants, isLimited } = known;
    // Whoever has a second factor proves it by that.
    const isProven = session.factor !== "password" || !hasSecondFactor(account);
    return {
      kind: "account",
      person: {
        ...{ name: account.name, account: account.id, session: session.id },
        ...{ from: addressOf(request), factor: session.factor },
      },
      grants: [grants],
      session: session.id,
      isFresh: isProven && clock.date() - session.provenAt <= FRESH,
      isLimited,
    };
  }
  function byProgram(secret: string, request: IncomingMessage): Caller | undefined {
    const known = control.identifyProgram(secret);
    if (!known) return undefined;
    const { token: of, account, grants } = known;
    return {
      kind: "program",
      person: {
        ...{ name: `${account.name} (${of.name})`.slice(0, MAX_PERSON), account: account.id },
        ...{ session: of.id, from: addressOf(request), factor: "token" },
      },
      grants: [grants, of.grants],
      isFresh: false,
      isLimited: false,
    };
  }
  function byToken(given: string, request: IncomingMessage): Caller | undefined {
    if (given.startsWith(PROGRAM_PREFIX)) return given.length > MAX_TOKEN ? undefined : byProgram(given, request);
    if (given.length > MAX_TOKEN || !timingSafeEqual(mac(given), right)) return undefined;
    return {
      kind: "station",
      person: { name: nameIn(request), from: addressOf(request), factor: "station" },
      grants: [control.hasAccounts() ? AT_THE_MACHINE : EVERYTHING],
      isFresh: true,
      isLimited: false,
    };
  }

  return {
    cookie,
    callerOf(request) {
      const bearer = bearerOf(request);
      return bearer === undefined ? byCookie(request) : byToken(bearer, request);
    },
    callerBy: byToken,
    stillHolds: ({ kind, person, session, grants }) => {
      // A person's session ends when their roles change; a program that is connected is told so by losing its connection.
      if (kind === "program")
        return JSON.stringify(control.grantsOfProgram(person.session ?? "")) === JSON.stringify(grants[0]);
      return session === undefined || control.sessionHolds(session);
    },
  };
}

/** The token of `Authorization: Bearer …`, if there is one of sensible length. */
export function bearerOf(request: IncomingMessage): string | undefined {
  const token = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? "")?.[1];
  return token !== undefined && token.length <= MAX_TOKEN ? token : undefined;
}

/** The receiver that asks, by the token of its connection; `undefined` for a stranger. */
export const receiverAsking = (
  request: IncomingMessage,
  control: Pick<DeviceVerbs, "receiverOf">,
): ReceiverId | undefined => control.receiverOf(bearerOf(request) ?? "");

function cookieOf(request: IncomingMessage, name: string): string {
  const pairs = (request.headers.cookie ?? "").slice(0, 8192).split(";");
  const pair = pairs.map((one) => one.trim()).find((one) => one.startsWith(`${name}=`));
  return pair?.slice(name.length + 1, name.length + 1 + MAX_TOKEN) ?? "";
}

/** `Loa-Person` holds the name percent-encoded, since headers carry no Vietnamese letters. */
function nameIn(request: IncomingMessage): string {
  const given = request.headers["loa-person"];
  if (given === undefined) return UNNAMED;
  const name = decoded(String(given)).normalize("NFC").trim();
  if (name === "" || name.length > MAX_PERSON || /\p{C}/u.test(name)) throw wrongPerson();
  return name;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw wrongPerson(cause);
  }
}

const wrongPerson = (cause?: unknown) =>
  new Fault(
    "invalid",
    {
      vi: "Tên người thực hiện (Loa-Person) phải là 1–120 chữ, mã hoá phần trăm (UTF-8).",
      en: "The acting person's name (Loa-Person) must be 1 to 120 letters, percent-encoded UTF-8.",
    },
    { path: "/headers/Loa-Person", reason: "wrong-field", cause },
  );
