/**
 * A role and where somebody has it.
 *
 * @module
 */
import type { Assignment } from "../../../domain/role.js";
import { AreaChoice } from "../pieces/area-choice.js";
import { told } from "../words/language.js";
import type { RoleView } from "./roles.js";
import { words } from "./words.js";

interface RoleChoiceProps {
  readonly roles: readonly RoleView[];
  readonly value: Assignment;
  readonly onChoose: (assignment: Assignment) => void;
}

export function RoleChoice({ roles, value, onChoose }: RoleChoiceProps) {
  const say = words();
  const duty = roles.find(({ id }) => id === value.role)?.duty;
  const { area: _former, ...rest } = value;
  return (
    <>
      <label>
        {say.role}
        <select
          value={value.role}
          onChange={({ currentTarget }) => onChoose({ ...value, role: currentTarget.value as Assignment["role"] })}
        >
          {roles.map(({ id, title }) => (
            <option key={id} value={id}>
              {told(title)}
            </option>
          ))}
        </select>
        {duty && <small>{told(duty)}</small>}
      </label>
      <AreaChoice
        label={say.area}
        value={value.area ?? ""}
        everything={say.everywhere}
        onChoose={(area) => onChoose(area === "" ? rest : ({ ...rest, area } as Assignment))}
      />
    </>
  );
}
