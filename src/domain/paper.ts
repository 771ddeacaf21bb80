/**
 * An office document as content without a form: what is said in which order. The forms (PDF, page for printing, spreadsheet) are
 * drawn from it, so that they cannot differ. The head and the end follow Decree 30/2020 (appendix I).
 *
 * @module
 */

export interface Column {
  readonly title: string;
  /** Share of the width, against the other columns. */
  readonly weight: number;
  /** Present for numbers: how many decimals are shown. */
  readonly decimals?: number;
  /** Numbers are parts of 1 and shown as per cent. */
  readonly isPart?: boolean;
}

export type PaperCell = string | number | undefined;

export interface Table {
  readonly kind: "table";
  /** Short, for the sheet of a spreadsheet. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly PaperCell[])[];
  /** The last row, set apart. */
  readonly total?: readonly PaperCell[];
  /** On paper only so many rows; a spreadsheet has them all. */
  readonly most?: number;
}

/** Bars that stand for figures: upright ones for days in a row, lying ones for names. */
export interface Chart {
  readonly kind: "chart";
  readonly title: string;
  readonly shape: "columns" | "bars";
  /** What the figures are, such as `phút`. */
  readonly unit: string;
  /** `part` is shown darker, as a part of the value. */
  readonly bars: readonly { readonly label: string; readonly value: number; readonly part?: number }[];
  /** What the darker part is. */
  readonly partTitle?: string;
}

export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | Table
  | Chart;

export interface Paper {
  readonly head: {
    /** The body above the one that issues it. */
    readonly parent?: string;
    readonly issuer: string;
    /** `Số: …/BC-UBND`; the number is written in by hand. */
    readonly number: string;
    /** `Đà Lạt, ngày 25 tháng 11 năm 2026` */
    readonly placeAndDate: string;
  };
  readonly kindOfDocument: string;
  readonly subject: string;
  readonly blocks: readonly Block[];
  readonly signature: { readonly authority?: string; readonly office: string; readonly name?: string };
  /** Lines under «Nơi nhận». */
  readonly recipients: readonly string[];
  /** In small letters at the very end: how the figures can be checked. */
  readonly proof: string;
}

export const NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
export const MOTTO = "Độc lập - Tự do - Hạnh phúc";
