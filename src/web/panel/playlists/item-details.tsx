/**
 * What may be changed of one item besides its place: how often, how loud, how long.
 *
 * @module
 */
import type { PlaylistItem } from "../../../domain/playlist.js";
import { words } from "./words.js";

interface ItemDetailsProps {
  readonly item: PlaylistItem;
  readonly name: string;
  readonly onChange: (item: PlaylistItem) => void;
}

export function ItemDetails({ item, name, onChange }: ItemDetailsProps) {
  const say = words();
  const gain = item.kind !== "pause" && (
    <Count
      label={say.gain}
      {...{ least: -20, most: 6, step: 0.5, value: item.gainDb }}
      onChange={(gainDb) => onChange({ ...item, gainDb })}
    />
  );
  return (
    <details>
      <summary>
        {say.details}
        <span class="unseen"> {name}</span>
      </summary>
      <div class="details">
        {item.kind === "announcement" && (
          <>
            <Count
              label={say.repeat}
              {...{ least: 1, most: 10, step: 1, value: item.repeat }}
              onChange={(repeat) => onChange({ ...item, repeat: Math.round(repeat) })}
            />
            <Count
              label={say.gap}
              {...{ least: 0, most: 600, step: 0.5, value: item.gapMs / 1000 }}
              onChange={(gap) => onChange({ ...item, gapMs: Math.round(gap * 1000) })}
            />
          </>
        )}
        {item.kind === "pause" && (
          <Count
            label={say.seconds}
            {...{ least: 1, most: 600, step: 1, value: item.ms / 1000 }}
            onChange={(seconds) => onChange({ ...item, ms: Math.round(seconds * 1000) })}
          />
        )}
        {gain}
      </div>
    </details>
  );
}

interface CountProps {
  readonly label: string;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** What is not a number within its limits changes nothing; the field says so when it is saved. */
function Count({ label, least, most, step, value, onChange }: CountProps) {
  return (
    <label>
      {label}
      <input
        type="number"
        required
        min={least}
        max={most}
        step={step}
        value={value}
        onInput={({ currentTarget: { valueAsNumber: typed } }) => {
          if (typed >= least && typed <= most) onChange(typed);
        }}
      />
    </label>
  );
}
