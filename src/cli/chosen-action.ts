/**
 * Commands with several actions: `loa backup create`, `loa log verify`.
 *
 * @module
 */
import { nearest } from "../base/nearest.js";
import { type Given, misuse } from "./command.js";

/**
 * The action that the first word names, and what is left for it.
 * @throws Fault for exit code 2 naming all there are, and the one that is meant when it is a slip
 */
export function chosenAction<Action>(
  actions: Readonly<Record<string, Action>>,
  given: Given,
): { readonly action: Action; readonly rest: Given } {
  const [name = "", ...positionals] = given.positionals;
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action !== undefined) return { action, rest: { ...given, positionals } };
  const names = Object.keys(actions);
  const meant = nearest(name, names);
  throw misuse({
    vi: `Hãy chọn ${names.join(", ")}.${meant ? ` Có phải ${meant}?` : ""}`,
    en: `Say one of ${names.join(", ")}.${meant ? ` Did you mean ${meant}?` : ""}`,
  });
}
