/**
 * The words of the first steps.
 *
 * @module
 */
import { bilingual } from "../words/language.js";

export const words = bilingual(
  {
    title: "Thiết lập lần đầu",
    about:
      "Năm bước đến tiếng loa đầu tiên, khoảng mười phút. Bước nào cũng bỏ qua được và quay lại được; đài tự biết bước nào đã xong.",
    steps: {
      name: "Tên đài và phường",
      factor: "Mã trên điện thoại của bạn",
      loudspeaker: "Chiếc loa đầu tiên",
      tone: "Nghe thử tiếng",
      announcement: "Bản tin đầu tiên",
    },
    done: "đã xong",
    open: "chưa làm",
    skipped: "đã bỏ qua",
    skip: "Bỏ qua bước này",
    again: "Làm bước này",
    station: "Tên đài",
    ward: "Tên phường, xã",
    save: "Lưu tên",
    factorAbout: "Người duyệt và phát nên có yếu tố thứ hai: ai biết mật khẩu cũng chưa phát được loa.",
    factorLink: "Thêm mã trên điện thoại",
    factorWarning: "Nếu bỏ qua, ai biết mật khẩu của bạn đều phát được loa. Hãy quay lại sớm.",
    toneAbout: "Loa kêu một tiếng bíp ngắn. Giờ yên tĩnh thì loa không kêu.",
    toneButton: (name: string) => `Thử tiếng «${name}»`,
    toneOrdered: "Đã gửi lệnh. Bạn có nghe tiếng bíp không?",
    toneHeard: "Đã nghe",
    noLoudspeaker: "Chưa có loa nào có mạng: hãy làm bước trên trước.",
    announcementAbout: "Viết vài câu, nghe giọng đọc, gửi duyệt rồi phát.",
    write: "Soạn bản tin đầu tiên",
    end: "Đã xong các bước đầu. Những việc tiếp theo: mời đồng nghiệp, xếp lịch tuần, chuẩn bị gói khẩn cấp.",
    toToday: "Vào trang Hôm nay",
    toPeople: "Mời đồng nghiệp",
    toPacks: "Chuẩn bị gói khẩn cấp",
    mayNot: "Việc này dành cho người quản lý đài.",
  },
  {
    title: "First steps",
    about:
      "Five steps to the first sound, in about ten minutes. Each can be skipped and come back to; the station knows by itself what is done.",
    steps: {
      name: "Names of station and ward",
      factor: "Codes of your telephone",
      loudspeaker: "The first loudspeaker",
      tone: "Hear a tone",
      announcement: "The first announcement",
    },
    done: "done",
    open: "to do",
    skipped: "skipped",
    skip: "Skip this step",
    again: "Do this step",
    station: "Name of the station",
    ward: "Name of the ward",
    save: "Keep the names",
    factorAbout:
      "Whoever approves and airs should have a second factor: then a password alone commands no loudspeaker.",
    factorLink: "Add the codes of a telephone",
    factorWarning: "If you skip it, whoever learns your password can command the loudspeakers. Come back soon.",
    toneAbout: "The loudspeaker gives a short pip; not in quiet hours.",
    toneButton: (name) => `Test “${name}”`,
    toneOrdered: "The order is on its way. Did you hear the pip?",
    toneHeard: "I heard it",
    noLoudspeaker: "No loudspeaker is connected: do the step above first.",
    announcementAbout: "Write a few sentences, hear the voice, have them approved, and play them.",
    write: "Write the first announcement",
    end: "The first steps are done. Next: invite colleagues, plan the week, prepare emergency packs.",
    toToday: "To the page Today",
    toPeople: "Invite colleagues",
    toPacks: "Prepare emergency packs",
    mayNot: "This is for those who run the station.",
  },
);
