/**
 * Where, as what and about what somebody wants to speak.
 *
 * @module
 */
import type { Need } from "../../../domain/alert.js";
import { type Class, classSchema } from "../../../domain/class.js";
import { LIVE_PACES, type LiveMode } from "../../../domain/live.js";
import type { LocalDate } from "../../../domain/local-time.js";
import type { ChimeView } from "../../../server/api/chime-routes.js";
import type { ReceiverView } from "../../../server/api/views.js";
import { Where } from "../compose/where.js";
import { Link } from "../paths.js";
import { ClassMark } from "../pieces/class-mark.js";
import { ReasonField } from "../pieces/reason-field.js";
import { mayDo } from "../session.js";
import type { Wish } from "./wish.js";
import { words } from "./words.js";

/** A longer one is no chime, ms. */
const LONGEST_CHIME = 8_000;

interface FormProps {
  readonly wish: Wish;
  readonly receivers: readonly ReceiverView[];
  readonly chosen: readonly ReceiverView[];
  readonly chimes: readonly ChimeView[];
  readonly today: LocalDate;
  /** Why one person is not enough for what is wished; empty when one is. */
  readonly needs: readonly Need[];
  readonly onChange: (change: Partial<Wish>) => void;
}

export function Form({ wish, receivers, chosen, chimes, today, needs, onChange }: FormProps) {
  const say = words();
  const mayAs = (of: Class) => mayDo("air", { classes: [of], areas: "anywhere" }, today);
  return (
    <>
      <Where {...{ receivers, chosen, today, targets: wish.targets }} onChange={(targets) => onChange({ targets })} />
      <label>
        {say.reason}
        <input
          maxLength={200}
          value={wish.reason}
          aria-describedby="reason-hint"
          onInput={({ currentTarget }) => onChange({ reason: currentTarget.value })}
        />
        <small id="reason-hint">{say.reasonHint}</small>
      </label>
      <fieldset class="classes">
        <legend>{say.class}</legend>
        {classSchema.options.filter(mayAs).map((of) => (
          <label key={of}>
            <input
              type="radio"
              name="class"
              checked={wish.class === of}
              onChange={() => onChange({ class: of, isConfirmed: false })}
            />
            <ClassMark of={of} />
          </label>
        ))}
        {wish.class === "ordinary" && <small>{say.waits}</small>}
        {wish.class === "emergency" && (
          <label>
            <input
              type="checkbox"
              checked={wish.isConfirmed}
              onChange={({ currentTarget }) => onChange({ isConfirmed: currentTarget.checked })}
            />
            {say.confirm}
          </label>
        )}
        {wish.class === "emergency" && <small>{say.noWayBack}</small>}
        {needs.length > 0 && <SecondPerson {...{ wish, needs, onChange }} />}
      </fieldset>
      <label>
        {say.line}
        <select value={wish.mode} onChange={({ currentTarget }) => onChange({ mode: currentTarget.value as LiveMode })}>
          {(Object.keys(LIVE_PACES) as LiveMode[]).map((mode) => (
            <option key={mode} value={mode}>
              {say.mode[mode]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say.chime}
        <select value={wish.chime} onChange={({ currentTarget }) => onChange({ chime: currentTarget.value })}>
          <option value="">{say.noChime}</option>
          {chimes
            .filter(({ isApproved, clip }) => isApproved && clip.durationMs <= LONGEST_CHIME)
            .map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
        </select>
      </label>
    </>
  );
}

/** Two ways out where one person is not enough: a pack with a second person, or alone with a reason. */
function SecondPerson({ wish, needs, onChange }: Pick<FormProps, "wish" | "needs" | "onChange">) {
  const say = words();
  return (
    <fieldset>
      <legend>{say.second(needs.map((need) => say.need[need]).join(", "))}</legend>
      <p>
        <Link to="/emergency">{say.usePack}</Link>
      </p>
      <ReasonField label={say.glass} value={wish.glassReason} onChange={(glassReason) => onChange({ glassReason })} />
    </fieldset>
  );
}
