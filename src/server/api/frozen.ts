/**
 * The question that whoever changes what is frozen for the air is asked, as doors take its answer.
 *
 * @module
 */
import * as z from "zod";
import { Fault } from "../../base/errors.js";
import type { Call } from "./route.js";

/**
 * What becomes of a sounding that is on air or frozen for it: it sounds as it was, or it is stopped. Who does not say is asked by
 * a refusal with reason `frozen`.
 */
export const frozenAnswerSchema = z.enum(["next-time", "stop-now"]).optional();
export const frozenQuerySchema = z.strictObject({ frozen: frozenAnswerSchema });

type Answer = z.infer<typeof frozenAnswerSchema>;

/** Whoever may write may not by that alone silence what sounds. @throws Fault "forbidden", reason `permission` */
export function mustBeAbleTo(answer: Answer, { mayAlso }: Pick<Call<unknown, unknown, unknown>, "mayAlso">): void {
  if (answer !== "stop-now" || mayAlso("stop", { areas: "anywhere" })) return;
  throw new Fault(
    "forbidden",
    {
      vi: "Không có quyền dừng. Không có gì thay đổi. Hãy chọn «lần sau», hoặc nhờ người có quyền phát dừng trước.",
      en: 'No right to stop. Nothing has changed. Answer "next time", or have somebody stop it first who may air.',
    },
    { reason: "permission" },
  );
}
