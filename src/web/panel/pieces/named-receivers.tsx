/**
 * Loudspeakers that are named one by one, each with a way to take it out.
 *
 * @module
 */
import type { Targets } from "../../../domain/schedule.js";
import { picture } from "../live/line.js";
import { areas } from "../session.js";
import { bilingual } from "../words/language.js";

const words = bilingual({ takeOut: "Bỏ" }, { takeOut: "Take out" });

interface NamedReceiversProps {
  readonly title: string;
  readonly ids: readonly string[];
  readonly onRemove: (left: readonly string[]) => void;
}

export const nameOfReceiver = (id: string): string => picture.value?.receivers.get(id)?.name ?? id;

/** Where something is to be heard, as people call it: areas, then single loudspeakers. */
export const placeNames = ({ areas: places, receivers }: Pick<Targets, "areas" | "receivers">): string =>
  [...places.map((id) => areas.value.get(id)?.name ?? id), ...receivers.map(nameOfReceiver)].join(", ");

/** Nothing while there is none. */
export function NamedReceivers({ title, ids, onRemove }: NamedReceiversProps) {
  if (ids.length === 0) return null;
  return (
    <div class="named">
      <p>{title}</p>
      <ul>
        {ids.map((id) => (
          <li key={id}>
            {nameOfReceiver(id)}
            <button type="button" class="quiet" onClick={() => onRemove(ids.filter((one) => one !== id))}>
              {words().takeOut}
              <span class="unseen"> {nameOfReceiver(id)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
