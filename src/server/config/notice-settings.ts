/**
 * `notices` of `station.json`: who is told what, and how it gets there.
 *
 * @module
 */
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import type { Words } from "../../base/errors.js";
import { systemWords } from "../../base/system-words.js";
import { areaIdSchema } from "../../domain/ids.js";
import { noticeKindSchema } from "../../domain/notice.js";
import type { Finding } from "./problem.js";
import type { ReadFile } from "./read-file.js";
import type { Settings } from "./settings.js";

/** Where a secret is: `env:NAME`, or `file:PATH` below the station's folder or whole. It never stands in `station.json`. */
const secretRef = z.string().regex(/^(?:env:[A-Za-z_][A-Za-z0-9_]{0,99}|file:.{1,500})$/);
const address = z.email().max(254);

const recipientSchema = z
  .strictObject({
    /** What logs and `loa notice test` call it. */
    name: z.string().min(1).max(80),
    email: address.optional(),
    webhook: z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2000), secret: secretRef }).optional(),
    kinds: z.array(noticeKindSchema).min(1).max(20),
    /** Only what is about these areas or below. */
    areas: z.array(areaIdSchema).min(1).max(500).optional(),
  })
  .refine((one) => (one.email === undefined) !== (one.webhook === undefined), "email or webhook");

export const noticesSchema = z.strictObject({
  smtp: z
    .strictObject({
      host: z.string().min(1).max(255),
      port: z.int().min(1).max(65_535).default(587),
      security: z.enum(["tls", "starttls", "none"]).default("starttls"),
      from: address,
      user: z.string().min(1).max(254).optional(),
      password: secretRef.optional(),
      /** PEM of the authority that signed the mail server's certificate, when systems do not know it. */
      authority: z.string().min(1).max(500).optional(),
    })
    .optional(),
  recipients: z.array(recipientSchema).max(50).default([]),
  /** Hosts of webhooks that may be inside one's own network, and be called without TLS. */
  allowHosts: z.array(z.string().min(1).max(255)).max(50).default([]),
  /** Messages to one recipient in an hour; what is beyond waits and goes out together. */
  perHour: z.int().min(1).max(600).default(20),
});

/** The secrets of the settings, found. Keys: `smtp`, and the names of recipients with a webhook. */
export type NoticeSecrets = ReadonlyMap<string, string>;

/** Shorter ones are guessed. */
const LEAST_SECRET = 16;
const MOST_SECRET = 4096;
/** Other users of the machine may read what has this bit. */
const READABLE_BY_ALL = 0o004;

/** What is wrong goes into `findings`. */
export function readNoticeSecrets(
  folder: string,
  { value, finding }: ReadFile<Settings>,
  { env, findings }: { readonly env: Readonly<Record<string, string | undefined>>; readonly findings: Finding[] },
): NoticeSecrets {
  const { smtp, recipients } = value.notices;
  const found = new Map<string, string>();
  const take = (key: string, path: readonly PropertyKey[], ref: string, least: number) => {
    const read = readSecret(folder, ref, env, least);
    if (typeof read === "string") found.set(key, read);
    else findings.push(finding(["notices", ...path], read));
  };
  if (smtp?.password !== undefined) take("smtp", ["smtp", "password"], smtp.password, 1);
  if (smtp !== undefined && (smtp.user === undefined) !== (smtp.password === undefined))
    findings.push(finding(["notices", "smtp"], HALF_LOGIN));
  for (const [index, { name, email, webhook }] of recipients.entries()) {
    if (recipients.findIndex((other) => other.name === name) !== index)
      findings.push(finding(["notices", "recipients", index, "name"], usedTwice(name)));
    if (email !== undefined && smtp === undefined)
      findings.push(finding(["notices", "recipients", index, "email"], NO_SERVER));
    if (webhook) take(name, ["recipients", index, "webhook", "secret"], webhook.secret, LEAST_SECRET);
  }
  return found;
}

function readSecret(folder: string, ref: string, env: Readonly<Record<string, string | undefined>>, least: number) {
  const text = ref.startsWith("env:") ? fromVariable(ref.slice(4), env) : fromFile(resolve(folder, ref.slice(5)));
  if (typeof text !== "string") return text;
  return text.length < least || text.length > MOST_SECRET ? wrongLength(least) : text;
}

function fromVariable(name: string, env: Readonly<Record<string, string | undefined>>): string | Words {
  const text = env[name];
  return text ? text : { vi: `biến môi trường ${name} chưa đặt`, en: `the environment variable ${name} is not set` };
}

function fromFile(path: string): string | Words {
  try {
    if ((statSync(path).mode & READABLE_BY_ALL) !== 0) return OPEN_FILE;
    return readFileSync(path, "utf8").trim();
  } catch (thrown) {
    const { vi, en } = systemWords(thrown);
    return { vi: `không đọc được ${path}: ${vi}`, en: `${path} cannot be read: ${en}` };
  }
}

const OPEN_FILE: Words = {
  vi: "người dùng khác trên máy đọc được tệp này; hãy chạy chmod 600 với tệp đó",
  en: "other users of this machine can read this file; run chmod 600 on it",
};
const HALF_LOGIN: Words = {
  vi: "user và password phải có cả hai, hoặc không có mục nào",
  en: "user and password must both be there, or neither",
};
const NO_SERVER: Words = {
  vi: "gửi thư cần máy chủ thư trong notices/smtp",
  en: "sending mail needs a mail server in notices/smtp",
};
const usedTwice = (name: string): Words => ({ vi: `«${name}» đã dùng ở trên`, en: `"${name}" is used above` });
const wrongLength = (least: number): Words => ({
  vi: `bí mật phải dài từ ${least} đến ${MOST_SECRET} ký tự`,
  en: `the secret must have ${least} to ${MOST_SECRET} letters`,
});
