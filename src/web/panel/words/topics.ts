/**
 * Topics of announcements, as people choose and read them. The monthly report counts by them.
 *
 * @module
 */
import { bilingual } from "./language.js";

const names = bilingual(
  {
    khac: "Khác",
    "dich-benh": "Phòng, chống dịch bệnh",
    "tiem-chung": "Tiêm chủng",
    "guong-tot": "Gương người tốt, việc tốt",
    "thi-truong": "Thị trường, giá cả",
    "cup-dien": "Cúp điện",
    "cup-nuoc": "Cúp nước",
    "hoi-hop": "Hội họp",
    "an-ninh": "An ninh trật tự",
    "an-sinh": "An sinh xã hội",
    "giao-thong": "Giao thông",
    "moi-truong": "Môi trường",
    "phong-chay": "Phòng cháy, chữa cháy",
    "thien-tai": "Thiên tai",
    "canh-bao": "Cảnh báo",
    "van-dong": "Vận động, quyên góp",
    "giao-duc": "Giáo dục",
    "van-hoa": "Văn hóa",
    "the-thao": "Thể thao",
    "tang-le": "Tang lễ",
    "dinh-chinh": "Đính chính",
    "thu-loa": "Thử loa",
  },
  {
    khac: "Other",
    "dich-benh": "Epidemics",
    "tiem-chung": "Vaccination",
    "guong-tot": "Good people, good deeds",
    "thi-truong": "Markets and prices",
    "cup-dien": "Power cut",
    "cup-nuoc": "Water cut",
    "hoi-hop": "Meetings",
    "an-ninh": "Public order",
    "an-sinh": "Social welfare",
    "giao-thong": "Traffic",
    "moi-truong": "Environment",
    "phong-chay": "Fire safety",
    "thien-tai": "Natural disasters",
    "canh-bao": "Warning",
    "van-dong": "Appeals and donations",
    "giao-duc": "Education",
    "van-hoa": "Culture",
    "the-thao": "Sports",
    "tang-le": "Funeral",
    "dinh-chinh": "Correction",
    "thu-loa": "Loudspeaker test",
  },
);

/** In the order in which they are offered. */
export const TOPICS: readonly string[] = Object.keys(names());

/** A station's own topics stand as they are written. */
export const topicName = (topic: string): string => (names() as Readonly<Record<string, string>>)[topic] ?? topic;
