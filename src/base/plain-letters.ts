/**
 * Vietnamese as people type it in a hurry, for telling whether two texts may mean the same.
 *
 * @module
 */

/** Small letters without tones and marks: `Đợt dịch` becomes `dot dich`. Everything but letters stays as it is. */
export const plainLetters = (text: string): string =>
  text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll(/[đĐ]/g, "d").toLowerCase();
