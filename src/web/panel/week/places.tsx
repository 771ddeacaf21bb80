/**
 * Where a schedule sounds: areas of the tree, and whatever it names besides them, so that nothing of it is hidden.
 *
 * @module
 */
import type { Targets } from "../../../domain/schedule.js";
import { inOrder } from "../pieces/area-choice.js";
import { NamedReceivers } from "../pieces/named-receivers.js";
import { areas } from "../session.js";
import { words } from "./words.js";

interface PlacesProps {
  readonly targets: Targets;
  readonly onChange: (targets: Targets) => void;
}

const KINDS = [["fixed", "van"], ["fixed"], ["van"]] as const;

export function Places({ targets, onChange }: PlacesProps) {
  const say = words();
  const chosen = targets.areas as readonly string[];
  const set = (change: object) => onChange({ ...targets, ...change } as Targets);
  // Groups are chosen elsewhere; one that is chosen already must be seen.
  const offered = inOrder(areas.value).filter(
    ({ id, kind }) => (kind !== "group" && kind !== "place") || chosen.includes(id),
  );
  const gone = chosen.filter((id) => !areas.value.has(id as never));
  return (
    <fieldset class="places">
      <legend>{say.where}</legend>
      {[...offered, ...gone.map((id) => ({ id, name: id }))].map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ currentTarget }) =>
              set({ areas: currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id) })
            }
          />
          {name}
        </label>
      ))}
      <label>
        {say.kinds}
        <select
          value={targets.kinds.join(" ")}
          onChange={({ currentTarget }) => set({ kinds: currentTarget.value.split(" ") })}
        >
          {KINDS.map((kinds) => (
            <option key={kinds.join(" ")} value={kinds.join(" ")}>
              {say.kindNames[kinds.length > 1 ? "both" : kinds[0]]}
            </option>
          ))}
        </select>
      </label>
      <NamedReceivers title={say.alsoAt} ids={targets.receivers} onRemove={(receivers) => set({ receivers })} />
      <NamedReceivers title={say.notAt} ids={targets.except} onRemove={(except) => set({ except })} />
    </fieldset>
  );
}
