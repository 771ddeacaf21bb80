/**
 * Recipients of notices as the panel shows and changes them. How a webhook is called, with its secret, stays with whoever looks after
 * the machine: the panel says what it is told of, and whether it is told at all.
 *
 * @module
 */
import { Fault } from "../base/errors.js";
import type { AreaId } from "../domain/ids.js";
import type { NoticeKind } from "../domain/notice.js";
import type { Station } from "./config.js";

type Kept = Station["settings"]["notices"]["recipients"][number];

/** Where the panel's decision lies among the settings. */
export const RECIPIENTS = "notices.recipients";

/** Somebody as the panel wants them; without an address, the webhook of that name. */
export interface RecipientWish {
  readonly name: string;
  readonly email?: string | undefined;
  readonly kinds: readonly NoticeKind[];
  readonly areas?: readonly AreaId[] | undefined;
}

/** As they hold from the next start on. @param present those that hold now */
export function recipientViews(next: readonly Kept[], present: readonly Kept[]) {
  return next.map(({ name, email, kinds, areas }) => ({
    ...{ name, kinds: [...kinds] },
    ...(email === undefined ? { way: "webhook" as const } : { way: "email" as const, email }),
    ...(areas === undefined ? {} : { areas: [...areas] }),
    isReachable: present.some((one) => one.name === name && one.email === email),
  }));
}

/**
 * The list as it is kept. @param next those that would hold without this change
 * @throws Fault "invalid", reason `no-such-webhook`, for a name without an address that is no webhook
 */
export function recipientsFrom(wishes: readonly RecipientWish[], next: readonly Kept[]): Kept[] {
  return wishes.map(({ name, email, kinds, areas }, index) => {
    const about = { name, kinds: [...kinds], ...(areas === undefined ? {} : { areas: [...areas] }) };
    if (email !== undefined) return { ...about, email };
    const webhook = next.find((one) => one.name === name)?.webhook;
    if (webhook === undefined) throw noSuchWebhook(name, index);
    return { ...about, webhook };
  });
}

/** What the log says of them: no addresses. */
export const loggedRecipients = (all: readonly Kept[]) =>
  all.map(({ name, kinds, areas }) => ({ name, kinds, ...(areas === undefined ? {} : { areas }) }));

const noSuchWebhook = (name: string, index: number) =>
  new Fault(
    "invalid",
    {
      vi: `Người nhận «${name}» cần địa chỉ thư. Webhook chỉ thêm được trong config/station.json, vì có khóa bí mật. Không có gì được lưu.`,
      en: `The recipient "${name}" needs an address. Webhooks are added in config/station.json alone, for they have a secret. Nothing was kept.`,
    },
    { reason: "no-such-webhook", path: `/recipients/${index}/email` },
  );
