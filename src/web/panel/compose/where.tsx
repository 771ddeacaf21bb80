/**
 * Where it is to sound: the tree of areas with how many loudspeakers each holds, and vans by name.
 *
 * @module
 */
import type { LocalDate } from "../../../domain/local-time.js";
import type { Targets } from "../../../domain/schedule.js";
import type { ReceiverView } from "../../../server/api/views.js";
import { NamedReceivers } from "../pieces/named-receivers.js";
import { areas } from "../session.js";
import { bilingual } from "../words/language.js";
import { placeRows, toggled } from "./place-tree.js";

const words = bilingual(
  {
    title: "Nơi phát",
    count: (count: number) => `${count} loa`,
    above: "đã chọn cùng nơi lớn hơn",
    none: "Chưa có loa nào. Vào trang Loa để thêm loa trước.",
    vans: "Xe loa",
    alone: "Từng loa được chọn riêng",
    except: "Trừ các loa",
    connected: (connected: number, of: number) =>
      connected < of ? `Đã chọn ${of} loa, ${of - connected} loa đang mất mạng.` : `Đã chọn ${of} loa, đều có mạng.`,
    nowhere: "Chưa chọn nơi phát.",
  },
  {
    title: "Where",
    count: (count) => `${count} ${count === 1 ? "loudspeaker" : "loudspeakers"}`,
    above: "chosen with the place around it",
    none: "There are no loudspeakers yet. Add one first.",
    vans: "Vans",
    alone: "Loudspeakers chosen one by one",
    except: "Without these loudspeakers",
    connected: (connected, of) =>
      connected < of ? `${of} chosen, ${of - connected} of them away.` : `${of} chosen, all connected.`,
    nowhere: "No place is chosen yet.",
  },
);

interface WhereProps {
  readonly targets: Targets;
  readonly receivers: readonly ReceiverView[];
  /** Those that the targets mean. */
  readonly chosen: readonly ReceiverView[];
  readonly today: LocalDate;
  readonly onChange: (targets: Targets) => void;
}

export function Where({ targets, receivers, chosen, today, onChange }: WhereProps) {
  const say = words();
  const rows = placeRows({ areas: areas.value, receivers, targets, today });
  const vans = receivers.filter(({ kind }) => kind === "van");
  const connected = chosen.filter((receiver) => receiver.connected).length;
  return (
    <fieldset class="where">
      <legend>{say.title}</legend>
      {rows.length === 0 && <p>{say.none}</p>}
      {rows.map(({ id, name, depth, receivers: count, chosen: how }) => (
        <label key={id} style={{ paddingInlineStart: `${depth * 1.2}rem` }}>
          <input
            type="checkbox"
            checked={how === "yes" || how === "above"}
            indeterminate={how === "part"}
            disabled={how === "above"}
            onChange={() => onChange(toggled(targets, id, areas.value))}
          />
          {name} <small>({say.count(count)})</small>
          {how === "above" && <span class="unseen">, {say.above}</span>}
        </label>
      ))}
      {vans.length > 0 && (
        <fieldset>
          <legend>{say.vans}</legend>
          {vans.map(({ id, name }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={chosen.some((one) => one.id === id)}
                disabled={chosen.some((one) => one.id === id) && !targets.receivers.includes(id)}
                onChange={() => onChange(withReceiver(targets, id))}
              />
              {name}
            </label>
          ))}
        </fieldset>
      )}
      <NamedReceivers
        title={say.alone}
        ids={targets.receivers.filter((id) => !vans.some((van) => van.id === id))}
        onRemove={(left) =>
          onChange({
            ...targets,
            receivers: targets.receivers.filter((id) => left.includes(id) || vans.some((van) => van.id === id)),
          })
        }
      />
      <NamedReceivers
        title={say.except}
        ids={targets.except}
        onRemove={(left) => onChange({ ...targets, except: targets.except.filter((id) => left.includes(id)) })}
      />
      <p role="status">{chosen.length === 0 ? say.nowhere : say.connected(connected, chosen.length)}</p>
    </fieldset>
  );
}

const withReceiver = (targets: Targets, id: Targets["receivers"][number]): Targets => ({
  ...targets,
  receivers: targets.receivers.includes(id)
    ? targets.receivers.filter((one) => one !== id)
    : [...targets.receivers, id],
});
