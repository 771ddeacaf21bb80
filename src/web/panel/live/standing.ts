/**
 * How far an order has come, by what loudspeakers say of themselves (R10). Pure.
 *
 * @module
 */
import type { OnAirView } from "../../../server/api/views.js";
import { bilingual } from "../words/language.js";

const words = bilingual(
  {
    sounding: (count: number, of: number) => `đang phát tại ${count}/${of} loa`,
    confirmed: (count: number, of: number) => `${count}/${of} loa đã nhận lệnh`,
    ordered: (of: number) => `đã ra lệnh cho ${of} loa`,
  },
  {
    sounding: (count, of) => `sounding at ${count}/${of} loudspeakers`,
    confirmed: (count, of) => `${count}/${of} loudspeakers have taken the order`,
    ordered: (of) => `ordered at ${of} loudspeakers`,
  },
);

/** Ordered, confirmed, sounding: the furthest that any loudspeaker has said of itself. */
export function standing({ ordered, confirmed, sounding }: OnAirView): string {
  const say = words();
  if (sounding.length > 0) return say.sounding(sounding.length, ordered.length);
  return confirmed.length > 0 ? say.confirmed(confirmed.length, ordered.length) : say.ordered(ordered.length);
}
