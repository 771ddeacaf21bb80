/**
 * A document as a page to be printed by a browser, without a script and without anything fetched from elsewhere.
 *
 * @module
 */
import { type Block, MOTTO, NATION, type Paper, type Table } from "../../domain/paper.js";
import { shown } from "./cells.js";
import { safe, svgOf } from "./svg-chart.js";

const STYLE = `
@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page); } }
@page :first { @top-center { content: none; } }
body { font: 13pt/1.35 Tinos, "Times New Roman", serif; color: #000; background: #fff; max-width: 165mm; margin: 0 auto; padding: 8mm; }
@media print { body { padding: 0; max-width: none; } }
.heads { display: grid; grid-template-columns: 42% 58%; text-align: center; }
.heads p, .end p { margin: 0; }
.upper { text-transform: uppercase; font-size: 12pt; }
.line::after { content: ""; display: block; width: 35%; margin: 2px auto 4px; border-top: 1px solid #000; }
.motto::after { width: 62%; }
.title { text-align: center; font-weight: bold; font-size: 14pt; margin: 6mm 0 4mm; }
h2 { font-size: 13pt; margin: 5mm 0 1mm; text-indent: 1cm; break-after: avoid; }
p.text { text-align: justify; text-indent: 1cm; margin: 1mm 0; }
table { border-collapse: collapse; width: 100%; font-size: 10pt; margin: 1mm 0 4mm; }
caption, figcaption { font-style: italic; font-size: 12pt; text-align: center; break-after: avoid; }
th, td { border: 0.5pt solid #555; padding: 1mm; vertical-align: top; text-align: left; }
th { background: #e8e8e8; text-align: center; }
td.number { text-align: right; white-space: nowrap; }
tfoot td { font-weight: bold; }
tr, figure { break-inside: avoid; }
thead { display: table-header-group; }
tfoot { display: table-row-group; }
figure { margin: 2mm 0 4mm; }
svg { width: 100%; height: auto; display: block; }
.end { display: grid; grid-template-columns: 1fr 1fr; margin-top: 6mm; break-inside: avoid; }
.recipients { font-size: 11pt; }
.signature { text-align: center; font-weight: bold; }
.name { margin-top: 24mm !important; }
.proof { font-size: 8.5pt; font-style: italic; color: #444; margin-top: 6mm; overflow-wrap: anywhere; }
`;

export function printPage(paper: Paper): string {
  const { head, kindOfDocument, subject, blocks, signature, recipients, proof } = paper;
  const { authority, office, name } = signature;
  const line = (text: string | undefined, of: string) =>
    text === undefined ? "" : `<p class="${of}">${safe(text)}</p>`;
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${safe(kindOfDocument)}. ${safe(subject)}</title><style>${STYLE}</style></head><body>
<header class="heads"><div>${line(head.parent, "upper")}<p class="upper line"><b>${safe(head.issuer)}</b></p><p>${safe(head.number)}</p></div>
<div><p class="upper"><b>${NATION}</b></p><p class="line motto"><b>${MOTTO}</b></p><p><i>${safe(head.placeAndDate)}</i></p></div></header>
<h1 class="title line">${safe(kindOfDocument)}<br>${safe(subject)}</h1>
<main>${blocks.map(blockOf).join("\n")}</main>
<div class="end"><div class="recipients"><p><b><i>Nơi nhận:</i></b></p>${recipients.map((one) => `<p>${safe(one)}</p>`).join("")}</div>
<div class="signature">${line(authority?.toUpperCase(), "")}<p>${safe(office.toUpperCase())}</p>${line(name, "name")}</div></div>
<p class="proof">${safe(proof)}</p>
</body></html>
`;
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h2>${safe(block.text)}</h2>`;
    case "paragraph":
      return `<p class="text">${safe(block.text)}</p>`;
    case "table":
      return block.rows.length === 0 ? "" : tableOf(block);
    case "chart":
      return block.bars.length === 0 ? "" : svgOf(block);
  }
}

function tableOf({ title, columns, rows, total, most = rows.length }: Table): string {
  const cell = (value: Table["rows"][number][number], at: number) =>
    `<td${typeof value === "number" ? ' class="number"' : ""}>${safe(shown(value, columns[at]))}</td>`;
  const rowOf = (row: Table["rows"][number]) => `<tr>${columns.map((_, at) => cell(row[at], at)).join("")}</tr>`;
  return `<table><caption>${safe(title)}</caption><thead><tr>${columns.map((one) => `<th scope="col">${safe(one.title)}</th>`).join("")}</tr></thead>
<tbody>${rows.slice(0, most).map(rowOf).join("\n")}</tbody>${total ? `<tfoot>${rowOf(total)}</tfoot>` : ""}</table>`;
}
