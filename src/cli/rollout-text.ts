/**
 * How a rollout is told on the terminal.
 *
 * @module
 */
import type { RolloutView } from "../server/api/update-views.js";

const STATES = { running: "đang chạy", stopped: "đã dừng", done: "đã xong" } as const;
const STEPS = {
  ordered: "đã ra lệnh",
  fetching: "đang tải",
  waiting: "chờ lúc yên",
  trying: "đang thử",
  updated: "đã cập nhật",
  "rolled-back": "đã quay lại bản cũ",
  failed: "chưa được, sẽ thử lại",
  refused: "từ chối",
} as const;

/** Several lines, the whole rollout. */
export function rolloutText(rollout: RolloutView): string {
  const { id, version, state, stage, stages, members, total, steps, waitsFor, troubles } = rollout;
  const behind = rollout.stoppedBy ?? [rollout.culprit, reasonText(rollout)].filter(Boolean).join(": ");
  const counts = Object.entries(steps).map(([step, count]) => `${STEPS[step as keyof typeof STEPS]} ${count}`);
  return [
    `${id}\t${version}\t${STATES[state]}${state === "stopped" ? ` (${behind})` : ""}`,
    `  nhóm/stage ${stage + 1}/${stages.length}: ${members}/${total} loa; ${counts.join(", ") || "chưa loa nào trả lời"}`,
    ...(waitsFor.length > 0 ? [`  đang chờ/waiting for: ${waitsFor.join(", ")}`] : []),
    ...troubles.map(
      (one) => `  ${[`${one.receiver}\t${STEPS[one.step]}`, reasonText(one)].filter(Boolean).join(": ")}`,
    ),
    "",
  ].join("\n");
}

/** The words for an officer, and the code for whoever is asked for help. */
const reasonText = ({ why, words }: Pick<RolloutView, "why" | "words">): string | undefined =>
  words && why !== undefined ? `${words.vi} (${why})` : why;
