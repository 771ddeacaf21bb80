/**
 * The three classes of Circular 39/2020/TT-BTTTT, and who gives way to whom.
 *
 * @module
 */
import * as z from "zod/mini";

/** thông thường / ưu tiên / khẩn cấp. */
export const classSchema = z.enum(["ordinary", "priority", "emergency"]);
export type Class = z.infer<typeof classSchema>;

/** 0 for ordinary, 1 for priority, 2 for emergency. */
export const rankOf = (of: Class): 0 | 1 | 2 => (of === "ordinary" ? 0 : of === "priority" ? 1 : 2);

/** What happens to an item that was interrupted, once the way is free again. */
export const resumeSchema = z.enum(["continue", "restart", "drop"]);
export type Resume = z.infer<typeof resumeSchema>;
