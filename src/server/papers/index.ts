/**
 * Office documents in the forms that people take: PDF, a page for printing, a spreadsheet.
 *
 * @module
 */
export { printPage } from "./page.js";
export { pdfOf } from "./pdf.js";
export { spreadsheetOf } from "./spreadsheet.js";
