/**
 * Signs and units that are said wherever they stand alone. With numbers before them the rules for quantities come first.
 *
 * @module
 */
import { inAnyCase, themed } from "./themed.js";

const PRESS = "cách đọc trên phát thanh";

export const SIGNS = [
  ...themed("sign", PRESS, [
    ["%", "phần trăm"],
    ["&", "và"],
    ["+", "cộng"],
    [
      "x",
      "nhân",
      {
        context: {
          before: [
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10",
            "12",
            "15",
            "20",
            "24",
            "30",
            "60",
            "100",
            "dài",
            "rộng",
            "cao",
            "ngang",
            "sâu",
          ],
        },
      },
    ],
    ["km", "ki-lô-mét"],
    ["KM", "ki-lô-mét", { context: { next: "number" } }],
    ["Km", "ki-lô-mét"],
    ["kg", "ki-lô-gam", { regions: { south: "ký-lô-gam" } }],
    ["m²", "mét vuông"],
    ["m³", "mét khối"],
    ["km²", "ki-lô-mét vuông"],
    ["kWh", "ki-lô-oát giờ"],
    ["kW", "ki-lô-oát"],
    ["kV", "ki-lô-vôn"],
    ["°C", "độ xê"],
    ["℃", "độ xê"],
  ]),
  ...inAnyCase("sign", PRESS, [
    ["v.v.", "vân vân"],
    ["v.v.", "vân vân.", { context: { next: "name" } }],
    ["v.v", "vân vân"],
    ["km/h", "ki-lô-mét trên giờ"],
  ]),
];
