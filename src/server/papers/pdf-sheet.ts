/**
 * The sheet that documents are drawn on: its measures, its letters.
 *
 * @module
 */
import { createRequire } from "node:module";
import type PdfDocument from "pdfkit";

export type Pdf = InstanceType<typeof PdfDocument>;

/** Points in a millimetre. */
const MM = 72 / 25.4;

/** Within what Decree 30/2020 allows: 20–25 mm above and below, 30–35 left, 15–20 right. */
export const MARGINS = { top: 20 * MM, bottom: 20 * MM, left: 30 * MM, right: 15 * MM } as const;

/** Sizes of letters, points. */
export const BODY = 13;
export const HEADING = 13;
export const CELL = 10;
export const SMALL = 11;

export const GREY = "#e8e8e8";
export const LINE = "#555555";
/** Dark and light of one hue, told apart in black and white too. */
export const DARK = "#1f4e79";
export const LIGHT = "#9dc3e6";

const { resolve } = createRequire(import.meta.url);

/** Tinos has the measures of Times New Roman, every Vietnamese letter, and a free licence (OFL). */
export const FONTS = {
  regular: resolve("@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"),
  bold: resolve("@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf"),
  italic: resolve("@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf"),
  boldItalic: resolve("@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf"),
} as const;

export const widthOf = (pdf: Pdf): number => pdf.page.width - MARGINS.left - MARGINS.right;

/** What is left of the page below what is drawn, points. */
export const room = (pdf: Pdf): number => pdf.page.height - MARGINS.bottom - pdf.y;

/** Letters as one character each: marks that stand apart would be set beside their letters. Control characters go. */
export const textOf = (text: string): string => text.normalize("NFC").replace(/\p{Cc}+/gu, " ");
