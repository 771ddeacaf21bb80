/**
 * Where an announcement stands, in a word or two.
 *
 * @module
 */
import type { Stage } from "../../../domain/stage.js";
import { bilingual } from "./language.js";

const names = bilingual(
  {
    draft: "Bản nháp",
    checked: "Đã kiểm tra",
    submitted: "Chờ duyệt",
    returned: "Bị trả lại",
    approved: "Đã duyệt",
    planned: "Đã xếp lịch",
    aired: "Đã phát",
    expired: "Hết hạn",
    blocked: "Bị chặn",
    recalled: "Đã thu hồi",
    corrected: "Đã đính chính",
  },
  {
    draft: "Draft",
    checked: "Checked",
    submitted: "Waits for approval",
    returned: "Returned",
    approved: "Approved",
    planned: "Scheduled",
    aired: "Aired",
    expired: "Expired",
    blocked: "Blocked",
    recalled: "Recalled",
    corrected: "Corrected",
  },
);

export const stageName = (stage: Stage): string => names()[stage];
