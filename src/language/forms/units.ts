/**
 * Units and currencies: how they are said, and what is counted per what.
 *
 * @module
 */

/** Key: the unit as it is written. */
const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    km: "ki-lô-mét",
    m: "mét",
    dm: "đề-xi-mét",
    cm: "xen-ti-mét",
    mm: "mi-li-mét",
    nm: "na-nô-mét",
    µm: "mi-cờ-rô-mét",
    km2: "ki-lô-mét vuông",
    m2: "mét vuông",
    dm2: "đề-xi-mét vuông",
    cm2: "xen-ti-mét vuông",
    mm2: "mi-li-mét vuông",
    km3: "ki-lô-mét khối",
    m3: "mét khối",
    dm3: "đề-xi-mét khối",
    cm3: "xen-ti-mét khối",
    mm3: "mi-li-mét khối",
    ha: "héc-ta",
    kg: "ki-lô-gam",
    g: "gam",
    gr: "gam",
    mg: "mi-li-gam",
    µg: "mi-cờ-rô-gam",
    mcg: "mi-cờ-rô-gam",
    l: "lít",
    L: "lít",
    ml: "mi-li-lít",
    mL: "mi-li-lít",
    dL: "đề-xi-lít",
    dl: "đề-xi-lít",
    cc: "xê xê",
    s: "giây",
    ms: "mi-li giây",
    h: "giờ",
    kW: "ki-lô-oát",
    KW: "ki-lô-oát",
    MW: "mê-ga-oát",
    W: "oát",
    kWh: "ki-lô-oát giờ",
    KWh: "ki-lô-oát giờ",
    kwh: "ki-lô-oát giờ",
    V: "vôn",
    kV: "ki-lô-vôn",
    KV: "ki-lô-vôn",
    mA: "mi-li am-pe",
    mAh: "mi-li am-pe giờ",
    kVA: "ki-lô-vôn am-pe",
    Hz: "héc",
    kHz: "ki-lô-héc",
    MHz: "mê-ga-héc",
    GHz: "gi-ga-héc",
    dB: "đề-xi-ben",
    dBA: "đề-xi-ben",
    Pa: "pát-can",
    hPa: "héc-tô pát-can",
    kPa: "ki-lô-pát-can",
    mb: "mi-li-ba",
    mbar: "mi-li-ba",
    bar: "ba",
    atm: "át-mốt-phe",
    mmHg: "mi-li-mét thủy ngân",
    kcal: "ki-lô-ca-lo",
    Kcal: "ki-lô-ca-lo",
    cal: "ca-lo",
    IU: "đơn vị quốc tế",
    UI: "đơn vị quốc tế",
    mol: "mon",
    mmol: "mi-li-mon",
    ppm: "phần triệu",
    lux: "lúc",
    "°": "độ",
    "°C": "độ xê",
    ºC: "độ xê",
    "℃": "độ xê",
    oC: "độ xê",
    "°F": "độ ép",
    "℉": "độ ép",
    "%": "phần trăm",
    "‰": "phần nghìn",
    MB: "mê-ga-bai",
    GB: "gi-ga-bai",
    TB: "tê-ra-bai",
    KB: "ki-lô-bai",
    kB: "ki-lô-bai",
    Mbps: "mê-ga-bít trên giây",
    Gbps: "gi-ga-bít trên giây",
    kbps: "ki-lô-bít trên giây",
    inch: "in",
  }),
);

/** Key: the currency as it is written after an amount. */
const CURRENCIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    đ: "đồng",
    Đ: "đồng",
    đồng: "đồng",
    "tr.đ": "triệu đồng",
    trđ: "triệu đồng",
    "tr.đồng": "triệu đồng",
    "nghìn đ": "nghìn đồng",
    "ngàn đ": "ngàn đồng",
    "triệu đ": "triệu đồng",
    "tỷ đ": "tỷ đồng",
    vnđ: "đồng",
    VNĐ: "đồng",
    VND: "đồng",
    vnd: "đồng",
    VNd: "đồng",
    "₫": "đồng",
    $: "đô la",
    USD: "đô la Mỹ",
    usd: "đô la Mỹ",
    US$: "đô la Mỹ",
    EUR: "ơ-rô",
    "€": "ơ-rô",
    "£": "bảng Anh",
    "¥": "yên",
  }),
);

/** Words that may stand after a stroke: so much for each. */
export const EACH =
  /^(?:kg|g|lạng|yến|tạ|tấn|lít|l|m2|m²|m3|m³|m|km|ha|sào|người|tháng|năm|ngày|hộ|lần|suất|giờ|phút|giây|học sinh|lớp|khẩu|nhân khẩu|tuần|quý|đêm|vé|xe|bộ|con|cây|bao|thùng|chai|hộp|liều|mũi|ca|lượt|buổi|chuyến|cái|chiếc|viên|gói|phòng|gia đình|hội viên|đảng viên|em|cháu|trẻ|trường hợp|sản phẩm|bữa|khóa|kỳ|đợt|đơn vị|phường|xã|tổ|thôn|tiết|trang|tin|bài|km2|km²|căn|lô|thửa|kWh|kwh|số|mẫu|chậu|bó|quả|trái|bình|đôi|tấm|vụ|h|trận|cặp|đối tượng|lao động|giường|máy|đội|nhóm|bàn|khối|đoàn|nhà|khách|ghe|thuyền|hiệp|vòng|khu phố|chi bộ|chi hội|trường|cơ sở|doanh nghiệp|điểm|chốt|đề|luống|kệ|ngõ|hẻm|dãy|hàng|mâm|khay|giỏ|rổ|túi|lon|hũ|lọ|can|vỉ|ống|thẻ|tờ|quyển|cuốn|toa|tàu|phiên)(?![\p{L}\p{M}\p{N}])/u;

/** A unit or currency found in a text. */
export interface Unit {
  readonly spoken: string;
  readonly isMoney: boolean;
  readonly length: number;
}

/** People write Kg, KG, Km and CM; single letters mean different things by case. */
const ANY_CASE = ["km", "kg", "cm", "mm", "ha", "ml", "km2", "m2", "m3", "cm2"];

interface Written extends Unit {
  readonly written: string;
  /** Letters and digits may follow. */
  readonly isSign: boolean;
}

/** All ways in which the letters of a short word can be small or capital. */
const cases = (word: string): readonly string[] =>
  word === ""
    ? [""]
    : cases(word.slice(1)).flatMap((rest) => [
        word.charAt(0).toLowerCase() + rest,
        word.charAt(0).toUpperCase() + rest,
      ]);

/** `m2` is also written `m²`, and the micro sign has a twin among Greek letters. */
const drawn = (written: string): readonly string[] => {
  const micro = written.replace("µ", "μ");
  const raised = written.replace(/2$/u, "²").replace(/3$/u, "³");
  return [...new Set([written, micro, raised])];
};

/** By the first sign; there, the longest first. */
const BY_FIRST: ReadonlyMap<string, readonly Written[]> = (() => {
  const all = new Map<string, Written>();
  const add = (written: string, spoken: string, isMoney: boolean) => {
    if (!all.has(written))
      all.set(written, { written, spoken, isMoney, length: written.length, isSign: /[°%‰$€₫£¥]$/u.test(written) });
  };
  for (const [written, spoken] of CURRENCIES) add(written, spoken, true);
  for (const [unit, spoken] of UNITS) for (const written of drawn(unit)) add(written, spoken, false);
  for (const unit of ANY_CASE)
    for (const written of cases(unit).flatMap(drawn)) add(written, UNITS.get(unit) ?? "", false);
  const byFirst = new Map<string, Written[]>();
  for (const unit of [...all.values()].sort((a, b) => b.length - a.length)) {
    const first = unit.written.charAt(0);
    byFirst.set(first, [...(byFirst.get(first) ?? []), unit]);
  }
  return byFirst;
})();

const OF_WORD = /^[\p{L}\p{N}]/u;

/** The longest unit that stands at the beginning of `text`; a space before it is the caller's. */
export function unitAt(text: string): Unit | undefined {
  const found = BY_FIRST.get(text.charAt(0));
  if (found === undefined) return undefined;
  for (const unit of found)
    if (text.startsWith(unit.written) && (unit.isSign || !OF_WORD.test(text.slice(unit.length, unit.length + 2))))
      return unit;
  return undefined;
}
