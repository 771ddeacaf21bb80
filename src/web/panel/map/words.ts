/**
 * The words of the map.
 *
 * @module
 */
import { bilingual } from "../words/language.js";

export const words = bilingual(
  {
    title: "Bản đồ",
    wall: "Màn hình trực ban",
    drawing: "Sơ đồ loa",
    schematic:
      "Chưa có tọa độ nào, nên sơ đồ xếp các phường cạnh nhau. Mở từng loa để ghi vị trí, hoặc ghi tọa độ địa bàn trong config/areas.json.",
    list: "Danh sách",
    unplaced: "Chưa có vị trí",
    none: "Chưa có loa nào. Vào trang Loa để thêm loa.",
    many: (count: number, state: string) => `${count} loa, nặng nhất: ${state}`,
    outlines: "Ranh giới địa bàn",
    outlinesAbout:
      "Nhập tệp GeoJSON có ranh giới các phường, tổ dân phố của đài (tên trong tệp phải giống tên địa bàn). Ranh giới chỉ để vẽ; không ảnh hưởng lịch hay quyền.",
    file: "Tệp GeoJSON (nhiều nhất 8 MB)",
    found: (names: string) => `Nhận ra ranh giới của: ${names}.`,
    nothing: "Không có ranh giới nào của địa bàn trong đài.",
    strange: (names: string) => `Không khớp địa bàn nào: ${names}.`,
    keep: "Lưu các ranh giới này",
    kept: (count: number) => `Đã lưu ${count} ranh giới.`,
    clear: "Xóa mọi ranh giới",
    tooLarge: "Tệp quá 8 MB. Chưa có gì được lưu.",
    "no-json": "Tệp không phải JSON. Chưa có gì được lưu.",
    "no-geojson": "Tệp không phải GeoJSON dạng FeatureCollection. Chưa có gì được lưu.",
    baseMap: "Bản đồ nền",
    baseMapAbout:
      "Nhập tệp PMTiles dạng ảnh (png, jpg, webp) để thấy đường phố dưới các loa. Tệp nằm trong máy của đài, không hỏi ai bên ngoài. Xin chỉ dùng bản đồ được phép dùng.",
    baseMapFile: "Tệp PMTiles",
    baseMapHas: (name: string, size: string) => `Đang dùng: ${name} (${size}).`,
    noName: "bản đồ không tên",
    send: "Nhập bản đồ nền",
    cancelled: "Đã hủy. Không có gì thay đổi.",
    baseMapKept: "Đã nhập bản đồ nền.",
    removeBaseMap: "Bỏ bản đồ nền",
  },
  {
    title: "Map",
    wall: "Duty-room screen",
    drawing: "Drawing of the loudspeakers",
    schematic:
      "Nothing has coordinates yet, so wards are drawn side by side. Open a loudspeaker to say where it stands, or write coordinates of areas into config/areas.json.",
    list: "List",
    unplaced: "Not placed yet",
    none: "There are no loudspeakers yet. Add one on the page Loudspeakers.",
    many: (count, state) => `${count} loudspeakers, the worst: ${state}`,
    outlines: "Outlines of areas",
    outlinesAbout:
      "Bring a GeoJSON file with the outlines of the station's wards or neighbourhoods (names as those of the areas). Outlines are for drawing alone; no schedule or right depends on them.",
    file: "GeoJSON file (8 MB at most)",
    found: (names) => `Outlines found of: ${names}.`,
    nothing: "There is no outline of an area of this station.",
    strange: (names) => `These are no areas here: ${names}.`,
    keep: "Keep these outlines",
    kept: (count) => `${count} outlines were kept.`,
    clear: "Remove all outlines",
    tooLarge: "The file is larger than 8 MB. Nothing was kept.",
    "no-json": "The file is no JSON. Nothing was kept.",
    "no-geojson": "The file is no GeoJSON FeatureCollection. Nothing was kept.",
    baseMap: "Map below the drawing",
    baseMapAbout:
      "Bring a PMTiles file of pictures (png, jpg, webp) to see streets below the loudspeakers. It lies on the station's machine; nobody outside is asked. Only use a map that may be used.",
    baseMapFile: "PMTiles file",
    baseMapHas: (name, size) => `In use: ${name} (${size}).`,
    noName: "a map without a name",
    send: "Bring it in",
    cancelled: "Called off. Nothing has changed.",
    baseMapKept: "The map is in use.",
    removeBaseMap: "Remove the map",
  },
);
