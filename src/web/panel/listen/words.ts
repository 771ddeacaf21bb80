/**
 * The words of listening along.
 *
 * @module
 */
import { bilingual } from "../words/language.js";

export const words = bilingual(
  {
    title: "Nghe loa này",
    about:
      "Bạn nghe đúng âm thanh đài đã gửi, ở chỗ mà loa tự báo đang phát. Đây không phải tiếng thu ở cột loa: loa có kêu to, rõ hay không thì phải nghe tại chỗ.",
    begin: "Nghe loa này",
    end: "Thôi nghe",
    asking: "Đang hỏi loa…",
    silent: "Loa báo không phát gì. Khi loa phát, bạn sẽ nghe ngay tại đây.",
    muted: "Loa báo đang tắt tiếng, nên ở đó không nghe gì.",
    away: "Loa đang mất liên lạc: không biết ở đó có phát gì không.",
    lost: "Trang này đang mất liên lạc với đài: không biết loa có phát gì không.",
    unknown: (title: string) => `Loa báo đang phát «${title}», nhưng đài không còn giữ âm thanh đó để nghe ở đây.`,
    "no-decoder": (title: string) =>
      `Loa đang phát lời nói trực tiếp «${title}». Trình duyệt này chưa nghe được lời nói trực tiếp; hãy mở đài bằng https, với Chrome, Edge, Firefox hoặc Safari bản mới.`,
    heard: (title: string) => `Đang nghe «${title}»`,
    live: (title: string) => `Đang nghe trực tiếp «${title}»`,
    since: (time: string) => `, loa báo phát từ ${time}`,
    reported: (time: string, ago: string) => `Loa báo lần cuối lúc ${time} (${ago}).`,
    broken: "Chưa tải được âm thanh đang phát; đang thử lại.",
    refused: "Trình duyệt chưa cho phát tiếng. Hãy bấm «Thôi nghe» rồi bấm nghe lại.",
  },
  {
    title: "Listen to this loudspeaker",
    about:
      "You hear the very sound that the station sent, at the place where the loudspeaker says it is. It is no microphone at the pole: whether it is loud and clear there has to be heard there.",
    begin: "Listen along",
    end: "Stop listening",
    asking: "Asking…",
    silent: "It says that nothing sounds. When it does, you will hear it here at once.",
    muted: "It says that it is muted, so nothing is heard there.",
    away: "It cannot be reached: nobody knows whether something sounds there.",
    lost: "This page has lost the station: it does not know whether something sounds there.",
    unknown: (title) => `It says that it sounds “${title}”, but the station does not hold that sound any more.`,
    "no-decoder": (title) =>
      `It sounds live speech, “${title}”. This browser cannot play live speech; open the station by https, with a current Chrome, Edge, Firefox or Safari.`,
    heard: (title) => `You hear “${title}”`,
    live: (title) => `You hear live: “${title}”`,
    since: (time) => `, sounding there since ${time}`,
    reported: (time, ago) => `It last said so at ${time} (${ago}).`,
    broken: "The sound could not be loaded; trying again.",
    refused: "The browser does not allow sound yet. Stop listening and press again.",
  },
);
