/**
 * That one person alone gave what needs two, and why: whoever may approve there must read it.
 *
 * @module
 */
import type { Alert } from "../../../domain/alert.js";
import { bilingual } from "../words/language.js";

const words = bilingual(
  { broken: "PHÁ KÍNH", alone: (name: string) => `${name} phát một mình. Lý do:` },
  { broken: "GLASS BROKEN", alone: (name) => `given by ${name} alone. Why:` },
);

export function BrokenGlass({ glass }: { readonly glass: NonNullable<Alert["brokenGlass"]> }) {
  const say = words();
  return (
    <span class="broken-glass">
      <strong>{say.broken}</strong> – {say.alone(glass.by)} «{glass.reason}»
    </span>
  );
}
