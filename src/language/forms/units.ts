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
  /^(?:kg|g|lạng|yến|tạ|tấn|lít|l|m2|m²|m3|m³|m|km|ha|sào|người|tháng|năm|ngày|hộ|lần|suất|giờ|phút|giây|học sinh|lớp|khẩu|nhân khẩu|tuần|quý|đêm|vé|xe|bộ|con|cây|bao|thùng|chai|hộp|liều|mũi|ca|lượt|buổi|chuyến|cái|chiếc|viên|gói|phòng|gia đình|hội viên|đảng viên|em|cháu|trẻ|trường hợp|sản phẩm|bữa|khóa|kỳ|đợt|đơn vị|phường|xã|tổ|thôn|tiết|trang|tin|bài|km2|km²|căn|lô|thửa|kWh|kwh|số|mẫu|chậu|bó|quả|trái|bình|đôi|tấm|vụ|h|trận|cặp|đối tượng|lao động|giường|máy)(?![\p{L}\p{N}])/u;

/** The longest unit, UTF-16 units. */
const LONGEST = 5;

/** A unit or currency found in a text. */
export interface Unit {
  readonly spoken: string;
  readonly isMoney: boolean;
  readonly length: number;
}

/** The longest unit that stands at the beginning of `text`; a space before it is the caller's. */
export function unitAt(text: string): Unit | undefined {
  if (!FIRST_SIGNS.has(text.charAt(0))) return undefined;
  for (let length = LONGEST; length > 0; length--) {
    const written = text.slice(0, length);
    if (written.length < length) continue;
    const money = CURRENCIES.get(written);
    const spoken = money ?? UNITS.get(plain(written)) ?? ANY_CASE.get(plain(written).toLowerCase());
    if (spoken === undefined || (/^[\p{L}\p{N}]/u.test(text.slice(length)) && !/[°%‰$€₫£¥]$/u.test(written))) continue;
    return { spoken, isMoney: money !== undefined, length };
  }
  return undefined;
}

const plain = (written: string): string =>
  /[²³μ]/u.test(written) ? written.replace("²", "2").replace("³", "3").replace("μ", "µ") : written;

/** People write Kg, KG, Km and CM; single letters mean different things by case. Key: the unit in small letters. */
const ANY_CASE: ReadonlyMap<string, string> = new Map(
  ["km", "kg", "cm", "mm", "ha", "ml", "km2", "m2", "m3", "cm2"].map((unit) => [unit, UNITS.get(unit) ?? ""]),
);

/** What a unit or currency may begin with. */
const FIRST_SIGNS: ReadonlySet<string> = new Set(
  [...UNITS.keys(), ...CURRENCIES.keys(), "μ", ...[...ANY_CASE.keys()].map((unit) => unit.toUpperCase())].map(
    (written) => written.charAt(0),
  ),
);
