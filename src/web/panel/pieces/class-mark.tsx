/**
 * The class of a thing by shape, colour and word together, so that none of them has to be told by colour alone.
 *
 * @module
 */
import type { Class } from "../../../domain/class.js";
import { bilingual } from "../words/language.js";

const SHAPE: Readonly<Record<Class, string>> = { ordinary: "■", priority: "◆", emergency: "▲" };

export const classWords = bilingual(
  { ordinary: "Thông thường", priority: "Ưu tiên", emergency: "Khẩn cấp" },
  { ordinary: "Ordinary", priority: "Priority", emergency: "Emergency" },
);

export function ClassMark({ of, short = false }: { readonly of: Class; readonly short?: boolean }) {
  return (
    <span class={`class-mark ${of}`}>
      <span aria-hidden="true">{SHAPE[of]}</span>{" "}
      {short ? <span class="unseen">{classWords()[of]}</span> : classWords()[of]}
    </span>
  );
}
