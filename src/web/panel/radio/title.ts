/**
 * What stands for a planned sounding in lists and grids: relayed radio is seen at once.
 *
 * @module
 */
import { words } from "./words.js";

export const titleOf = ({ title, radio }: { readonly title: string; readonly radio?: string | undefined }): string =>
  radio === undefined ? title : words().titled(title);
