/**
 * What stands around the text of an office document: the two heads and the title, and at the end the recipients beside the
 * signature.
 *
 * @module
 */
import { MOTTO, NATION, type Paper } from "../../domain/paper.js";
import { BODY, MARGINS, type Pdf, room, SMALL, textOf, widthOf } from "./pdf-sheet.js";

/** Part of the width that the head of the issuing body takes. */
const LEFT_PART = 0.44;
/** Space for a signature, points. */
const SIGNATURE = 76;

interface Line {
  readonly text: string;
  readonly font: "regular" | "bold" | "italic" | "boldItalic";
  readonly size: number;
  /** Drawn below it, as a part of its own width. */
  readonly rule?: number;
  readonly gap?: number;
}

/** Lines in the middle of a column, one below the other. Returns where they end. */
function drawLines(pdf: Pdf, lines: readonly Line[], { x, y, width }: { x: number; y: number; width: number }): number {
  let at = y;
  for (const { text, font, size, rule, gap = 0 } of lines) {
    const words = textOf(text);
    pdf.font(font).fontSize(size);
    at += gap;
    pdf.text(words, x, at, { width, align: "center" });
    at = pdf.y;
    if (rule === undefined) continue;
    const length = Math.min(width, pdf.widthOfString(words)) * rule;
    const from = x + (width - length) / 2;
    pdf
      .moveTo(from, at + 1.5)
      .lineTo(from + length, at + 1.5)
      .lineWidth(0.7)
      .stroke("black");
    at += 4;
  }
  return at;
}

export function drawHead(pdf: Pdf, { head, kindOfDocument, subject }: Paper): void {
  const width = widthOf(pdf);
  const left = { x: MARGINS.left - 12, y: MARGINS.top, width: width * LEFT_PART + 6 };
  const right = { x: MARGINS.left + width * LEFT_PART, y: MARGINS.top, width: width * (1 - LEFT_PART) };
  const parent: Line[] =
    head.parent === undefined ? [] : [{ text: head.parent.toUpperCase(), font: "regular", size: 12 }];
  const leftEnd = drawLines(
    pdf,
    [
      ...parent,
      { text: head.issuer.toUpperCase(), font: "bold", size: 12, rule: 0.4 },
      { text: head.number, font: "regular", size: BODY, gap: 3 },
    ],
    left,
  );
  const rightEnd = drawLines(
    pdf,
    [
      { text: NATION, font: "bold", size: 12 },
      { text: MOTTO, font: "bold", size: BODY, rule: 1 },
      { text: head.placeAndDate, font: "italic", size: BODY, gap: 3 },
    ],
    right,
  );
  const end = drawLines(
    pdf,
    [
      { text: kindOfDocument, font: "bold", size: 14 },
      { text: subject, font: "bold", size: 14, rule: 0.35 },
    ],
    { x: MARGINS.left, y: Math.max(leftEnd, rightEnd) + 16, width },
  );
  pdf.x = MARGINS.left;
  pdf.y = end + 12;
}

export function drawEnd(pdf: Pdf, { recipients, signature, proof }: Paper): void {
  const width = widthOf(pdf);
  const needed = Math.max(recipients.length * 14 + 24, SIGNATURE + 70) + 30;
  if (room(pdf) < needed) pdf.addPage();
  const y = pdf.y + 8;
  const half = width / 2;
  pdf
    .font("boldItalic")
    .fontSize(12)
    .text("Nơi nhận:", MARGINS.left, y, { width: half - 10 });
  pdf.font("regular").fontSize(SMALL);
  for (const line of recipients) pdf.text(textOf(line), { width: half - 10 });
  const leftEnd = pdf.y;
  const { authority, office, name } = signature;
  const lines: Line[] = [
    ...(authority === undefined ? [] : [{ text: authority.toUpperCase(), font: "bold", size: BODY } as const]),
    { text: office.toUpperCase(), font: "bold", size: BODY },
    ...(name === undefined ? [] : [{ text: name, font: "bold", size: BODY, gap: SIGNATURE } as const]),
  ];
  const rightEnd = drawLines(pdf, lines, { x: MARGINS.left + half, y, width: half });
  pdf.x = MARGINS.left;
  pdf.y = Math.max(leftEnd, rightEnd + (name === undefined ? SIGNATURE : 0)) + 14;
  pdf.font("italic").fontSize(8.5).fillColor("#444444").text(textOf(proof), { width }).fillColor("black");
}
