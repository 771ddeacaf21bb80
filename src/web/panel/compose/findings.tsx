/**
 * What the checks of wording found, each with what to do about it, and a person's decision to keep it with a reason.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { type Found as AFinding, type Decision, openGates } from "../../../domain/finding.js";
import { useAct } from "../pieces/act.js";
import { ReasonField } from "../pieces/reason-field.js";
import { bilingual, told } from "../words/language.js";

/** More would hide what matters; the rest comes up as these are mended. */
const SHOWN = 12;
const SHAPE = { gate: "✖", warning: "⚠", note: "ℹ" } as const;

const words = bilingual(
  {
    title: "Kiểm tra",
    clear: "Không có gì phải sửa.",
    gate: "Phải quyết định",
    warning: "Nên xem lại",
    note: "Lưu ý",
    keep: "Giữ nguyên…",
    reason: "Vì sao giữ nguyên?",
    confirm: "Giữ nguyên với lý do này",
    saveFirst: "Lưu bản tin trước rồi mới quyết định được.",
    kept: (by: string, reason: string) => `${by} giữ nguyên: ${reason}`,
    more: (count: number) => `Còn ${count} điều nữa, hiện ra khi các điều trên đã sửa hoặc đã quyết định.`,
  },
  {
    title: "Checks",
    clear: "Nothing has to be mended.",
    gate: "To be decided",
    warning: "Look again",
    note: "Note",
    keep: "Keep it…",
    reason: "Why is it kept?",
    confirm: "Keep it for this reason",
    saveFirst: "Save the announcement first, then decide.",
    kept: (by, reason) => `${by} keeps it: ${reason}`,
    more: (count) => `${count} more; they come up as those above are mended or decided.`,
  },
);

interface FindingsProps {
  readonly findings: readonly AFinding[];
  readonly decisions: readonly Decision[] | undefined;
  /** Those that still hold it back, when that is more than what nobody has decided about. */
  readonly open?: readonly AFinding[];
  /** How many more there are that did not come with it. */
  readonly cut?: number | undefined;
  /** Absent while the announcement is not saved as it is shown. */
  readonly decide: ((finding: string, reason: string) => Promise<void>) | undefined;
}

const ORDER = ["gate", "warning", "note"] as const;

export function Findings({
  findings,
  decisions = [],
  open: held = openGates(findings, decisions),
  cut = 0,
  decide,
}: FindingsProps) {
  const say = words();
  const open = new Set(held.map(({ id }) => id));
  const rank = ({ id, severity }: AFinding) => (open.has(id) ? -1 : ORDER.indexOf(severity));
  const sorted = findings.toSorted((one, other) => rank(one) - rank(other) || one.start - other.start);
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">{say.title}</h2>
      {findings.length === 0 && <p>✔ {say.clear}</p>}
      <ul class="findings">
        {sorted.slice(0, SHOWN).map((finding) => (
          <Found
            key={finding.id}
            finding={finding}
            isOpen={open.has(finding.id)}
            decision={decisions.find((decision) => decision.finding === finding.id)}
            decide={decide}
          />
        ))}
      </ul>
      {sorted.length + cut > SHOWN && <p>{say.more(Math.max(0, sorted.length - SHOWN) + cut)}</p>}
    </section>
  );
}

interface FoundProps extends Pick<FindingsProps, "decide"> {
  readonly finding: AFinding;
  readonly isOpen: boolean;
  readonly decision: Decision | undefined;
}

function Found({ finding, isOpen, decision, decide }: FoundProps) {
  const say = words();
  const [reason, setReason] = useState<string>();
  const { busy, wrong, act } = useAct();
  const { severity, found } = finding;
  const keep = (event: Event) => {
    event.preventDefault();
    void act(async () => decide?.(finding.id, reason ?? ""));
  };
  return (
    <li>
      <span class={isOpen ? "wrong" : ""}>
        <span aria-hidden="true">{SHAPE[severity]}</span> {isOpen ? say.gate : say[severity]}:
      </span>{" "}
      {found !== "" && <strong>«{found}» </strong>}
      {told(finding.words)} {finding.heard && `(«${finding.heard.title}») `}
      <small>{told(finding.suggestion)}</small>
      {decision && <p>✔ {say.kept(decision.by, decision.reason)}</p>}
      {isOpen && reason === undefined && (
        <button
          type="button"
          class="quiet"
          disabled={!decide}
          title={decide ? "" : say.saveFirst}
          onClick={() => setReason("")}
        >
          {say.keep}
        </button>
      )}
      {isOpen && reason !== undefined && (
        <form onSubmit={keep}>
          <ReasonField label={say.reason} value={reason} most={500} onChange={setReason} />
          {wrong && <p role="alert">{wrong}</p>}
          <button type="submit" disabled={!decide} aria-busy={busy}>
            {say.confirm}
          </button>
        </form>
      )}
    </li>
  );
}
