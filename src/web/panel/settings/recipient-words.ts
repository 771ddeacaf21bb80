/**
 * The words about who is told what.
 *
 * @module
 */
import { bilingual } from "../words/language.js";

export const words = bilingual(
  {
    title: "Người nhận tin nhắn",
    about: "Danh sách lưu ở đây thay cho danh sách trong config/station.json, và có hiệu lực khi đài khởi động lại.",
    noServer:
      "Đài chưa có máy chủ thư, nên chưa gửi thư cho ai được. Người quản trị máy thêm notices.smtp trong config/station.json, vì mật khẩu thư không được để trên trang web.",
    none: "Chưa có ai nhận tin nhắn.",
    unnamed: "Người nhận mới",
    name: "Tên người nhận",
    email: "Địa chỉ thư điện tử",
    kinds: "Báo cho người này về",
    kind: {
      emergency: "Cảnh báo khẩn: chờ người thứ hai, đã phát, phá kính",
      alarm: "Loa có sự cố",
      approval: "Bản tin chờ duyệt",
      report: "Báo cáo tháng đến hạn",
      backup: "Sao lưu hỏng",
      certificate: "Chứng chỉ sắp hết hạn",
      digest: "Tóm tắt mỗi sáng",
    },
    noKind: "Hãy chọn ít nhất một loại tin.",
    where: "Chỉ về địa bàn",
    everywhere: "Mọi nơi",
    several: (names: string) => `Chỉ về: ${names}.`,
    later: "Người này bắt đầu nhận tin, và thử được, sau khi đài khởi động lại.",
    add: "Thêm người nhận thư",
    remove: "Bỏ người này",
    save: "Lưu người nhận",
  },
  {
    title: "Who is told",
    about: "The list that is saved here takes the place of the one in config/station.json, from the next start on.",
    noServer:
      "The station has no mail server, so no mail can leave. Whoever looks after the machine adds notices.smtp to config/station.json, since the password of the mail must not lie on a web page.",
    none: "Nobody is told anything.",
    unnamed: "New recipient",
    name: "Name",
    email: "Mail address",
    kinds: "Told of",
    kind: {
      emergency: "Emergencies: a second person is awaited, given, glass broken",
      alarm: "Troubles of loudspeakers",
      approval: "Announcements that wait for an approval",
      report: "The monthly report is due",
      backup: "Backups that failed",
      certificate: "A certificate that is about to end",
      digest: "What happened, each morning",
    },
    noKind: "Choose one at least.",
    where: "Only about",
    everywhere: "Everywhere",
    several: (names) => `Only about: ${names}.`,
    later: "They are told, and can be tested, after the next start.",
    add: "Add somebody with a mail address",
    remove: "Remove",
    save: "Save who is told",
  },
);
