/**
 * Forms that the server itself makes: labels, help and faults as people with a keyboard, a telephone or a screen reader
 * need them, and no script.
 *
 * @module
 */
import express, { type Request, type RequestHandler, type Response } from "express";
import { Fault } from "../../base/errors.js";
import { document, safe } from "./html.js";
import { addressOf } from "./origin.js";
import { statusOf } from "./problems.js";

/** By which protocol browsers come, `http` or `https`, also through a proxy that speaks TLS: a setting of the application. */
export const OWN_PROTOCOL = "own protocol";

/** Largest form, bytes. */
const MAX_FORM = 8 * 1024;
/** Longest value that is shown again, letters. */
const MAX_SHOWN = 512;

/** Reads a form that was sent. */
export const readForm: RequestHandler = express.urlencoded({ extended: false, limit: MAX_FORM, parameterLimit: 20 });

export const whenceOf = (request: Request) => ({
  from: addressOf(request),
  agent: (request.get("User-Agent") ?? "").slice(0, 200),
});

/** What a form holds already, from its address or as it was sent: never a password. */
export interface Given {
  readonly link: string;
  readonly name: string;
  readonly id: string;
  /** Whether whoever logs in has a passkey. */
  readonly hasPasskey: boolean;
  /** The whole address of the page, for another device; empty where that would not lead here. */
  readonly address: string;
}

export function givenIn(request: Request): Given {
  const body: Record<string, unknown> = { ...request.body };
  const text = (from: Record<string, unknown>, name: string) =>
    typeof from[name] === "string" ? from[name].slice(0, MAX_SHOWN) : "";
  return {
    link: text({ ...request.query }, "link") || text(body, "link"),
    name: text(body, "name"),
    id: text(body, "id"),
    hasPasskey: text(body, "passkey") === "yes",
    address: addressFor(request),
  };
}

/** A name or an address by which others reach this machine, too. */
function addressFor({ app, headers: { host = "" }, originalUrl }: Request): string {
  const isHere = /^(?:localhost|127\.|\[::1\])/i.test(host);
  return isHere || originalUrl.length > MAX_SHOWN ? "" : `${app.get(OWN_PROTOCOL)}://${host}${originalUrl}`;
}

type Page = (given: Given, wrong?: string) => string;

export const show =
  (page: Page): RequestHandler =>
  (request, response) =>
    void response.type("html").send(page(givenIn(request)));

/** Does what the form asks for. What is wrong is said on the form, with what was typed but for passwords. */
export const submit =
  (page: Page, act: (request: Request, response: Response) => Promise<void>): RequestHandler =>
  async (request, response) => {
    try {
      await act(request, response);
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown;
      response
        .status(statusOf(thrown, response))
        .type("html")
        .send(page(givenIn(request), thrown.words.vi));
    }
  };

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: "password";
  readonly value?: string;
  /** For password managers and telephones. */
  readonly complete: string;
  readonly help?: string;
  readonly optional?: boolean;
}

export interface Form {
  readonly title: string;
  /** HTML that the program itself wrote. */
  readonly about: string;
  readonly fields: readonly Field[];
  readonly action: string;
  readonly button: string;
  /** A secret that goes with the form. */
  readonly link?: string;
  /** What else goes with it, and HTML that the program itself wrote for below it. */
  readonly also?: Readonly<Record<string, string>>;
  readonly below?: string;
  /** HTML that the program itself wrote for behind all of it. */
  readonly after?: string;
  readonly wrong?: string | undefined;
}

/** A page with one form. */
export function formPage({
  title,
  about,
  fields,
  action,
  button,
  link,
  also,
  below = "",
  after = "",
  wrong,
}: Form): string {
  const kept = Object.entries({ ...(link === undefined ? {} : { link }), ...also });
  const hidden = kept.map(([name, value]) => `<input type="hidden" name="${name}" value="${safe(value)}">`).join("");
  const alert = wrong === undefined ? "" : `<p role="alert">${safe(wrong)}</p>`;
  return document(
    title,
    `<main><h1>${title}</h1>${alert}<p>${about}</p><form class="person" method="post" action="${action}">${hidden}${fields.map(inputOf).join("")}<button>${button}</button></form>${below}</main>${after}`,
  );
}

function inputOf({ name, label, type, value = "", complete, help, optional }: Field): string {
  const described = help === undefined ? "" : ` aria-describedby="${name}-help"`;
  const needed = optional ? "" : " required";
  const input = `<input id="${name}" name="${name}" type="${type ?? "text"}" value="${safe(value)}" autocomplete="${complete}"${described}${needed}>`;
  const after = help === undefined ? "" : `<small id="${name}-help">${help}</small>`;
  return `<label for="${name}">${label}</label>${input}${after}`;
}
