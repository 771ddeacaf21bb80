/**
 * Figures of cases are those that the health office has confirmed.
 *
 * @module
 */
import type { CheckContext, Hit } from "./finding.js";
import type { Subject } from "./subject.js";

/** A case bulletin with figures of its own; nothing for any other text. */
export function unconfirmedFigures({ cases }: Subject, { figures }: Pick<CheckContext, "figures">): Hit[] {
  const [first] = cases;
  if (first === undefined || figures !== "free") return [];
  return [
    {
      check: "figures.unconfirmed",
      span: [first.start, first.end],
      words: {
        vi: "Số ca không lấy từ số liệu mà cơ quan y tế đã xác nhận trong hệ thống.",
        en: "The figures are not taken from those that the health office has confirmed.",
      },
      suggestion: {
        vi: "Điền mẫu bản tin ca bệnh từ số liệu đã xác nhận, hoặc nhờ cơ quan y tế xác nhận số liệu này.",
        en: "Fill in the template of case bulletins from confirmed figures, or have the health office confirm these.",
      },
    },
  ];
}
