/**
 * Numbers that belong to one person: telephones, identity papers, plates, patient codes.
 *
 * @module
 */
import type { Words } from "../../../base/errors.js";
import type { CheckName, Severity } from "../../../domain/check-severity.js";
import { latin } from "../../latin.js";
import { type CheckContext, type Hit, MOST_HITS } from "../finding.js";
import { DIGITS_SAID, mentions, type Spot, spots, words } from "../phrases.js";
import { isOfPatient, type Subject } from "../subject.js";
import { around, type View } from "../view.js";

const PHONE = latin(
  /(?<![\p{L}\p{N}]|\d[./-])(?:\(?(?:\+|00)?84\)?[ .-]?\(?0?\)?|\(?0)\d{1,3}\)?(?:[ .-]?\d{1,4}){2,5}(?![\p{L}\p{N}]|[./-]\d)/gu,
);
const PHONE_SAID = words(`không[, .]{1,2}${DIGITS_SAID}`);
/** 113, 114, 115 and the like are too short to match; these are numbers of services, not of people. */
const SERVICE = /^(?:1[89]00)/u;
const LABELLED_ID = words(
  "(?:cccd|cmnd|cmtnd|căn cước(?: công dân)?|chứng minh(?: nhân dân| thư)?|thẻ căn cước|số định danh(?: cá nhân)?|hộ chiếu|mã số bhxh|số bhxh|sổ bảo hiểm|thẻ bảo hiểm y tế|bhyt|mã số thuế cá nhân)(?:[ :]{1,2}(?:số|là|mã số))?[ :]{1,3}[a-z]{0,3} ?\\d(?:[ .-]?\\d){6,14}",
);
const BARE_ID = latin(
  /(?<![\p{L}\p{N}]|[./,-])(?:0\d{11}|0\d{2} \d{3} \d{3} \d{3}|0\d{3} \d{4} \d{4}|[123]\d{8})(?![\p{L}\p{N}]|[./,-]\d)/gu,
);
const NO_ID = mentions("tài khoản|stk|số tk|mã hồ sơ|mã số thuế|mã khách hàng|mã số doanh nghiệp|đồng|mã giao dịch");
const PLATE = latin(
  /(?<![\p{L}\p{N}])[1-9]\d(?: ?[-–] ?| )?(?:[A-HK-NP-VX-ZĐ]\d?|[A-Z]{2})(?: ?[-–.] ?| )?(?:\d{3}[. ]\d{2}|\d{5}|\d{4})(?![\p{L}\p{N}])/gu,
);
const PATIENT_CODE = words(
  "bn(?: số| mã)? ?[-–.:]? ?\\d{1,7}|ca (?:số|mã|mã số|thứ) \\d{1,6}(?! (?:trực|làm|học|sản|kíp))|(?:bệnh nhân|người bệnh|ca bệnh|ca mắc|ca nhiễm|ca dương tính|f0|f1)(?: thứ| số| mã số| mang mã số| mang số| mang mã| mã| ký hiệu)+:? ?\\d{1,7}",
);

type Numbers = Pick<CheckContext, "publicNumbers">;

/** Every number of a private person. */
export function personalNumbers(view: View, subject: Subject, context: Numbers): Hit[] {
  const identity = identityNumbers(view);
  const codes = spots(PATIENT_CODE, view.lower);
  const plates = spots(PLATE, view.seen);
  const taken = [...identity, ...codes, ...plates];
  const phones = phoneHits(view, subject, context).filter(({ span }) => !overlaps(taken, span));
  return [
    ...identity.map((spot) => hit(spot, "privacy.identity-number", isLabelled(spot) ? "gate" : "warning")),
    ...codes.map((spot) => hit(spot, "privacy.patient-code", "gate")),
    ...plates.map((spot) => hit(spot, "privacy.plate", isOfPatient(view, spot.start) ? "gate" : undefined)),
    ...phones,
  ].slice(0, 4 * MOST_HITS);
}

const overlaps = (taken: readonly Spot[], [start, end]: readonly [number, number]): boolean =>
  taken.some((spot) => start < spot.end && end > spot.start);

const isLabelled = ({ text }: Spot): boolean => /^\p{L}/u.test(text);

function identityNumbers(view: View): Spot[] {
  const labelled = spots(LABELLED_ID, view.lower);
  const bare = spots(BARE_ID, view.seen).filter(({ start, end }) => {
    const { before, after } = around(view, [start, end], 40);
    return !overlaps(labelled, [start, end]) && !NO_ID.test(before) && !/^ ?(?:đồng|đ|vnđ)/u.test(after);
  });
  return [...labelled, ...bare];
}

const OFFICE_LINE = mentions(
  "đường dây nóng|hotline|trực ban|ubnd|ủy ban|công an|trạm y tế|trung tâm|bệnh viện|điện lực|cấp nước|ban quản lý|văn phòng|bộ phận|tổng đài|ban chỉ huy|đội|phòng|chi cục|bảo hiểm xã hội|nhà trường",
);

function phoneHits(view: View, subject: Subject, { publicNumbers = [] }: Numbers) {
  const open = new Set(publicNumbers.map(dialled));
  const written = spots(PHONE, view.seen).filter(({ text }) => isPhone(dialled(text)) && !open.has(dialled(text)));
  return [...written, ...spots(PHONE_SAID, view.lower)].map((spot) => phoneHit(view, subject, spot));
}

function phoneHit(view: View, subject: Subject, spot: Spot) {
  const span = [spot.start, spot.end] as const;
  const { before } = around(view, span, 90);
  const ofPatient = isOfPatient(view, spot.start) || subject.cases.length > 0;
  const isOffice = OFFICE_LINE.test(before);
  const isMobile = /^0[35789]/u.test(dialled(spot.text)) || /^\p{L}/u.test(spot.text);
  const severity: Severity = isOffice ? (isMobile ? "warning" : "note") : ofPatient ? "gate" : "warning";
  return {
    check: "privacy.phone",
    severity,
    span,
    words: isOffice ? UNLISTED : PHONE_WORDS,
    suggestion: isOffice ? LIST_IT : DROP_IT,
  } as const;
}

/** Digits as one dials them inside the country. */
const dialled = (number: string): string => number.replace(/\D/gu, "").replace(/^(?:00)?84(?=\d{8,10}$)0?/u, "0");
const isPhone = (digits: string): boolean =>
  !SERVICE.test(digits) && /^0(?:[35789]\d{8}|2\d{8,9}|\d{9})$/u.test(digits);

function hit({ start, end }: Spot, check: CheckName & keyof typeof TEXTS, severity: Severity | undefined): Hit {
  return { check, ...(severity ? { severity } : {}), span: [start, end], ...TEXTS[check] };
}

const DROP_IT: Words = {
  vi: "Bỏ số này; cho số của trạm y tế, Ủy ban hoặc đường dây nóng.",
  en: "Leave it out; give the number of the health station, the ward office or the hotline.",
};
const LIST_IT: Words = {
  vi: "Kiểm tra lại số; nếu đúng là số công vụ, thêm vào danh sách số công cộng của đài.",
  en: "Check the number; if it is an office's own, add it to the station's list of public numbers.",
};
const PHONE_WORDS: Words = { vi: "Số điện thoại của cá nhân.", en: "The telephone number of a private person." };
const UNLISTED: Words = {
  vi: "Số điện thoại được nói là của cơ quan nhưng chưa có trong danh sách số công cộng của đài.",
  en: "A telephone said to be an office's, but it is not in the station's list of public numbers.",
};

const TEXTS = {
  "privacy.identity-number": {
    words: { vi: "Số giấy tờ tùy thân của một người.", en: "The number of somebody's identity paper." },
    suggestion: {
      vi: "Bỏ hẳn. Người nhặt được giấy tờ chỉ cần nói nơi nhận lại.",
      en: "Leave it out. For papers found it is enough to say where to collect them.",
    },
  },
  "privacy.plate": {
    words: { vi: "Biển số xe: tra ra được chủ xe.", en: "A number plate: it leads to the owner." },
    suggestion: {
      vi: "Nói loại xe, màu xe, nơi để xe; hoặc ghi quyết định vì sao phải đọc biển số.",
      en: "Name kind, colour and place of the vehicle, or record why the plate must be read.",
    },
  },
  "privacy.patient-code": {
    words: {
      vi: "Mã số bệnh nhân: cùng với nơi ở, nơi làm việc sẽ lộ ra người bệnh.",
      en: "A patient's code: with a home or workplace it reveals the patient.",
    },
    suggestion: { vi: "Bỏ mã số; nói «một trường hợp».", en: "Leave the code out; say 'one case'." },
  },
} as const;
