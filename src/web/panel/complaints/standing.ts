/**
 * Which loudspeaker a complaint is about, where that stands, and who may do something about it.
 *
 * @module
 */
import type { Touched } from "../../../domain/permission.js";
import type { ComplaintView } from "../../../server/api/care-views.js";
import type { ReceiverView } from "../../../server/api/views.js";
import { now, picture, zone } from "../live/line.js";
import { areas, mayDo } from "../session.js";
import { localDateOf } from "../words/times.js";
import { words } from "./words.js";

type About = Pick<ComplaintView, "receiver" | "area" | "pole">;

/** The name of its loudspeaker; `undefined` while nobody knows which is meant. */
export const receiverName = ({ receiver }: About): string | undefined =>
  receiver === undefined ? undefined : (picture.value?.receivers.get(receiver)?.name ?? receiver);

export const areaName = ({ area }: About): string | undefined =>
  area === undefined ? undefined : (areas.value.get(area)?.name ?? area);

/** `Chợ – cột C-07 – Phường thử`, as much of it as is known. */
export function whereabouts(complaint: About): string {
  const say = words();
  const { pole } = complaint;
  const parts = [receiverName(complaint) ?? say.unknown, pole && say.pole(pole), areaName(complaint)];
  return parts.filter((part) => part).join(" – ");
}

const mayCareFor = (touched: Touched) => {
  const today = localDateOf(now.value, zone.value);
  return (["air", "configure"] as const).some((one) => mayDo(one, touched, today));
};

/** Whether whoever sits here may answer it, by the rule of the station: its loudspeaker's area as it was when that was named. */
export function mayAnswer({ receiver, area }: About): boolean {
  if (receiver === undefined) return mayCareFor({ areas: "anywhere" });
  const kind = picture.value?.receivers.get(receiver)?.kind;
  return mayCareFor({
    areas: area === undefined ? "station" : [area],
    kinds: kind === undefined ? ["fixed", "van"] : [kind],
  });
}

/** Whether whoever sits here may write one down. */
export const mayRecord = (): boolean => mayCareFor({ areas: "anywhere" });

/** The loudspeakers that whoever sits here looks after, by name. */
export const ownReceivers = (): ReceiverView[] =>
  [...(picture.value?.receivers.values() ?? [])]
    .filter(({ area, kind }) => mayCareFor({ areas: [area], kinds: [kind] }))
    .sort((one, other) => one.name.localeCompare(other.name, "vi"));
