/**
 * The roles as the station tells them.
 *
 * @module
 */
import type { Words } from "../../../base/errors.js";
import type { Assignment, RoleId } from "../../../domain/role.js";
import { areas } from "../session.js";
import { told } from "../words/language.js";
import { words } from "./words.js";

export interface RoleView {
  readonly id: RoleId;
  readonly title: Words;
  readonly duty: Words;
}

/** `Lãnh đạo phường – Phường Cam Ly`. */
export function titleOf({ role, area }: Assignment, roles: readonly RoleView[]): string {
  const found = roles.find(({ id }) => id === role);
  const where = area === undefined ? words().everywhere : (areas.value.get(area)?.name ?? area);
  return words().at(found ? told(found.title) : role, where);
}
