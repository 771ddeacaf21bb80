/**
 * Six words that a loudspeaker and its station both show after pairing. A person compares them: when they are the same,
 * nobody stands between the two.
 *
 * @module
 */
import type { ReceiverId } from "../domain/ids.js";
import type { OrderKey } from "./signing.js";

/** Words shown, one for each byte: 48 bits. */
export const WORD_COUNT = 6;

/** How often the words' hash is repeated: whoever stands between cannot search for a match while a device waits. */
export const WORD_ROUNDS = 131_072;

/** What both sides know when the words are the same. */
export interface PairingFacts {
  /** As people see it; spaces, dashes and case do not matter. */
  readonly code: string;
  readonly receiver: ReceiverId;
  /** The device's. */
  readonly publicKey: string;
  /** PEM of the certificate authority to go by, as it travels. */
  readonly authority?: string | undefined;
  readonly orderKeys: readonly OrderKey[];
}

/** The text whose hash gives the words; the device's key is the salt. PROTOCOL.md, section 7. */
export const wordsText = ({ code, receiver, publicKey, authority = "", orderKeys }: PairingFacts): string =>
  [
    "loa pa.v1 pairing",
    bareCode(code),
    receiver,
    publicKey,
    ...orderKeys.map((key) => `${key.keyId} ${key.publicKey}`),
    authority,
  ].join("\n");

/** A code as it is compared: capitals, without spaces and dashes. */
export const bareCode = (typed: string): string => typed.toUpperCase().replace(/[\s-]/g, "");

/** The words of the first {@link WORD_COUNT} bytes. @throws RangeError when there are fewer */
export function wordsOf(bytes: Uint8Array): readonly string[] {
  if (bytes.length < WORD_COUNT) throw new RangeError(`six bytes are needed, not ${bytes.length}`);
  return [...bytes.subarray(0, WORD_COUNT)].map((byte) => WORDS[byte] ?? "");
}

/** Whether somebody who typed `said` saw these words: case, marks between them and how accents are coded do not matter. */
export const areSameWords = (said: readonly string[], shown: readonly string[]): boolean =>
  plain(said) === plain(shown);

const plain = (words: readonly string[]): string =>
  words
    .join(" ")
    .normalize("NFC")
    .toLocaleLowerCase("vi")
    .split(/[^\p{L}]+/u)
    .filter((part) => part !== "")
    .join(" ");

/**
 * 256 names of things that everybody knows, two syllables each. No two are alike, not even without accents and in the
 * mouth of somebody who does not tell s from x, tr from ch or n from l. The order never changes: it is on the wire.
 */
export const WORDS: readonly string[] = `
  con mèo, con trâu, con voi, con gấu, hổ vằn, con khỉ, thỏ ngọc, con nai,
  con ngựa, con dê, chim sẻ, chim én, bồ câu, đại bàng, gà trống, vịt bầu,
  ngỗng trắng, cá chép, cá mập, cá heo, tôm hùm, cua biển, ốc bươu, con ếch,
  rùa vàng, cá sấu, rắn nước, con kiến, ong mật, bươm bướm, chuồn chuồn, đom đóm,
  con nhện, con tằm, con sóc, chó sói, lạc đà, hươu cao, tê giác, nhím gai,
  quả cam, quả chuối, quả xoài, quả dừa, quả nho, quả lê, dưa hấu, đu đủ,
  sầu riêng, măng cụt, chôm chôm, thanh long, vú sữa, dâu tây, trái bơ, quả mận,
  củ sắn, hạt sen, lạc rang, hạt tiêu, bánh mì, bánh chưng, bánh giầy, bánh bao,
  bún chả, phở bò, cháo lươn, xôi gấc, nem rán, giò thủ, chè xanh, cà phê,
  nước mắm, muối vừng, đường phèn, tương ớt, đậu phụ, trứng vịt, thịt kho, canh cải,
  rau muống, rau ngót, bắp cải, su hào, cà rốt, cà chua, khoai lang, khoai tây,
  củ gừng, hành tây, tỏi khô, bí đỏ, mướp đắng, nấm hương, ngô nếp, lúa mạch,
  gạo tẻ, mía tím, rau răm, húng quế, hoa hồng, hoa cúc, hoa đào, hoa mai,
  hoa lan, hoa phượng, hướng dương, cây tre, cây thông, cây đa, cây sung, cây cau,
  dương xỉ, bằng lăng, lá trầu, cỏ tranh, rong rêu, xương rồng, hoa súng, trúc đào,
  mặt trời, mặt trăng, ngôi sao, đám mây, cầu vồng, tia chớp, cơn mưa, gió mùa,
  sương mù, tuyết rơi, núi cao, dòng sông, bờ biển, thác nước, hồ sen, cánh đồng,
  khu rừng, hang đá, đảo xa, bãi cát, ruộng muối, giếng khơi, đê điều, mỏ than,
  suối nóng, thung lũng, đồi chè, ao làng, vịnh xanh, san hô, bàn ghế, tủ sách,
  giường tre, chăn bông, gối mềm, chiếu cói, rèm cửa, đèn dầu, quạt nan, ấm trà,
  nồi đồng, chảo gang, bát sành, đĩa tròn, thìa bạc, đũa tre, dao bếp, rổ rá,
  chổi rơm, xô nhựa, đồng hồ, kính lúp, bút chì, thước kẻ, phấn trắng, bảng đen,
  cặp da, giấy dó, keo sữa, kéo cắt, quyển vở, bản đồ, phong bì, tem thư,
  báo tường, lịch treo, ống nhòm, la bàn, máy ảnh, cân đĩa, xe đạp, xe lửa,
  máy bay, tàu thủy, xuồng máy, thuyền buồm, xe ngựa, cầu treo, bến phà, nhà ga,
  trống cơm, đàn bầu, sáo trúc, kèn lá, chiêng vàng, đàn tranh, phách gõ, chuông chùa,
  múa lân, hát ru, diều giấy, quả bóng, con quay, cờ tướng, đu quay, bập bênh,
  nhảy dây, kéo co, đá cầu, ô quan, áo dài, nón lá, khăn len, giày vải,
  guốc mộc, mũ cói, thắt lưng, túi thổ, cúc áo, kim chỉ, trường học, chợ phiên,
  bưu điện, thư viện, sân đình, bức tranh, tháp rùa, lũy tre, mái ngói, gác chuông,
  gạch nung, vôi tôi, xi măng, dây thừng, cái búa, cưa gỗ, đinh ốc, bu lông,
  thang gấp, xẻng sắt, bác sĩ, thợ mộc, ngư dân, thầy đồ, thợ rèn, họa sĩ,
`
  .split(",")
  .map((word) => word.trim())
  .filter((word) => word !== "");
