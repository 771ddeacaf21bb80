/**
 * The recipients that the settings name, each with its way out of the house.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Clock } from "../base/clock.js";
import type { Station } from "./config.js";
import { createMail, createWebhook, type MailServer, type Recipient } from "./notice/index.js";

export function recipientsOf(
  { folder, settings: { notices }, noticeSecrets }: Pick<Station, "folder" | "settings" | "noticeSecrets">,
  clock: Clock,
): readonly Recipient[] {
  const server = mailServerOf(folder, notices.smtp, noticeSecrets.get("smtp"));
  const wayOf = ({ name, email, webhook }: (typeof notices.recipients)[number]) => {
    if (email !== undefined && server !== undefined) return createMail(server, email);
    if (webhook === undefined) throw new RangeError(`the recipient ${name} has no way`);
    const url = new URL(webhook.url);
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const allowPrivate = notices.allowHosts.some((allowed) => allowed.toLowerCase() === host);
    return createWebhook({ url, secret: noticeSecrets.get(name) ?? "", allowPrivate, clock });
  };
  return notices.recipients.map((one) => ({
    ...{ name: one.name, kinds: one.kinds, areas: one.areas, deliver: wayOf(one) },
  }));
}

function mailServerOf(
  folder: string,
  smtp: Station["settings"]["notices"]["smtp"],
  password: string | undefined,
): MailServer | undefined {
  if (smtp === undefined) return undefined;
  const { host, port, security, from, user, authority } = smtp;
  return {
    ...{ host, port, security, from },
    ...(user === undefined || password === undefined ? {} : { login: { user, password } }),
    ...(authority === undefined ? {} : { authority: readFileSync(resolve(folder, authority), "utf8") }),
  };
}
