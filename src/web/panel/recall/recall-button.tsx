/**
 * The button that takes an announcement back. What it asks stands beside all pages: a recall changes the very lists that hold the
 * button, and what was heard must stay in sight.
 *
 * @module
 */
import { signal } from "@preact/signals";
import { lazy, Suspense } from "preact/compat";
import { now, zone } from "../live/line.js";
import { mayDo } from "../session.js";
import { bilingual } from "../words/language.js";
import { localDateOf } from "../words/times.js";
import type { Recallable } from "./recall.js";

const RecallDialog = lazy(() => import("./recall.js"));

const words = bilingual({ open: "Thu hồi…" }, { open: "Recall…" });

/** What is being asked about. */
const asked = signal<Recallable | undefined>(undefined);

/** The question, while there is one; fetched with the first. */
export function RecallQuestion() {
  if (asked.value === undefined) return null;
  return (
    <Suspense fallback={null}>
      <RecallDialog
        announcement={asked.value}
        onClose={() => {
          asked.value = undefined;
        }}
      />
    </Suspense>
  );
}

interface RecallButtonProps {
  readonly announcement: Recallable;
  readonly class?: string;
  /** Shows the title, where it does not stand beside the button. */
  readonly isNamed?: boolean;
  /** Called when the question comes up. */
  readonly onAsk?: () => void;
}

/** Nothing for whoever may neither stop nor approve. */
export function RecallButton({ announcement, class: of = "quiet", isNamed = false, onAsk }: RecallButtonProps) {
  const today = localDateOf(now.value, zone.value);
  const anywhere = { areas: "anywhere", loosely: true } as const;
  if (!mayDo("stop", anywhere, today) && !mayDo("approve", anywhere, today)) return null;
  const title = ` «${announcement.title}»`;
  const ask = () => {
    asked.value = { id: announcement.id, title: announcement.title };
    onAsk?.();
  };
  return (
    <button type="button" class={of} onClick={ask}>
      {words().open}
      {isNamed ? title : <span class="unseen">{title}</span>}
    </button>
  );
}
