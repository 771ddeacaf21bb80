/**
 * Chooses an area of the tree, each below the one it lies in.
 *
 * @module
 */
import { type Area, type AreaTree, ancestry } from "../../../domain/area.js";
import { areas } from "../session.js";

interface AreaChoiceProps {
  readonly label: string;
  /** Empty where everything may be chosen and is. */
  readonly value: string;
  readonly onChoose: (area: string) => void;
  /** What everything is called, where that may be chosen. */
  readonly everything?: string;
  /** Only these are offered, all at one level. */
  readonly only?: (area: Area) => boolean;
}

/** The tree from the top, each area after its parent. */
export function inOrder(tree: AreaTree): Area[] {
  const below = (parent: string | undefined): Area[] =>
    [...tree.values()].filter((area) => area.parent === parent).flatMap((area) => [area, ...below(area.id)]);
  const roots = [...tree.values()].filter(({ parent }) => parent === undefined || !tree.has(parent));
  return roots.flatMap((root) => [root, ...below(root.id)]);
}

/** Wards, and areas for tests, which stand for one. */
export const isWard = ({ kind }: Area): boolean => kind === "ward" || kind === "test";

export function AreaChoice({ label, value, onChoose, everything, only }: AreaChoiceProps) {
  const indent = (id: Area["id"]) => (only ? "" : "\u2003".repeat(ancestry(areas.value, id).length - 1));
  return (
    <label>
      {label}
      <select
        value={value}
        required={everything === undefined}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      >
        {everything !== undefined && <option value="">{everything}</option>}
        {inOrder(areas.value)
          .filter((area) => only?.(area) ?? true)
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {`${indent(id)}${name}`}
            </option>
          ))}
      </select>
    </label>
  );
}
