/** What XML does not hold or what its readers change: controls, carriage returns, characters that are none. */
const unheld = /(?![\t\n])\p{Cc}|\p{Noncharacter_Code_Point}|\ufffd/gu;

const escaped = (text: string) =>
  [...Array(text.length).keys()]
    .map((at) => `_x${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}_`)
    .join('');

/**
 * A text as a workbook has it (ECMA-376, ST_Xstring): `_xHHHH_` is a character, so one that is text is escaped itself. The writer looks
 * texts up in a plain object, where `constructor` is always found: a control character, which it leaves out, makes such a one another.
 */
export function sheetText(text: string): string {
  if (text in Object.prototype) return `${text}\u0001`;
  return text.replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_').replace(unheld, escaped);
}
