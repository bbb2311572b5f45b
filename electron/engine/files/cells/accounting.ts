import { type Sql, sql } from '../../../../shared/sql.ts';
import { type Decimal, isWrittenNumber, plainNumber, written, writtenClass } from './written-numbers.ts';

/** Classes of numbers below zero as accounts and typesetters write them: `(1,234.50)`, `12-`, `−12`. */
export const accounting = { whole: 610, point: 611, comma: 612, unsure: 613 } as const;

/** The sign in the format of columns with such numbers. */
export const accountingSign = '()';

/** The number with its minus in front. */
const bareOf = (cell: Sql): Sql =>
  sql`regexp_replace(${cell}, '^(?:\( ?(.*?) ?\)|−(.*)|(.*?) ?-)$', '-\1\2\3')`;

const pattern =
  "(\\( ?[0-9.][0-9., '’\u00a0\u202f]*\\)|−[0-9.][0-9., '’\u00a0\u202f]*|[0-9.][0-9., '’\u00a0\u202f]*-)";

const innerClass = (bare: Sql): Sql => sql`case
  when regexp_full_match(${bare}, '-(0|[1-9][0-9]*)') then ${accounting.whole}
  when regexp_full_match(${bare}, '-[1-9][0-9]{0,2}\.[0-9]{3}') then ${accounting.unsure}
  when regexp_full_match(${bare}, '-[0-9]*\.[0-9]+') then ${accounting.point}
  else case ${writtenClass(bare, sql`null`)}
    when ${written.unsure} then ${accounting.unsure} when ${written.gaps} then ${accounting.whole}
    when ${written.commas} then ${accounting.point} when ${written.gapsPoint} then ${accounting.point}
    when ${written.comma} then ${accounting.comma} when ${written.points} then ${accounting.comma}
    when ${written.gapsComma} then ${accounting.comma} end end`;

/** The class of a cell that is such a number; else null. */
export const accountingClass = (cell: Sql): Sql =>
  sql`case when length(${cell}) <= 40 and regexp_full_match(${cell}, ${pattern})
    then list_transform([${bareOf(cell)}], lambda b: ${innerClass(sql`b`)})[1] end`;

/** Classes of such numbers where this stands before decimals; `told` where one of them can be nothing else. */
export function accountingReading(kinds: readonly number[], decimal: Decimal) {
  const { whole, point, comma, unsure } = accounting;
  const sure: number = decimal === '.' ? point : comma;
  const found = kinds.some((kind) => kind >= whole && kind <= unsure);
  return { found, classes: [whole, sure, unsure], told: kinds.includes(sure), open: kinds.includes(unsure) };
}

/** Such a number as PostgreSQL reads it; one that is above zero as it is. */
export const accountingText = (cell: Sql, decimal: string): Sql => plainNumber(bareOf(cell), decimal);

/** True for a number written so, or as usual. */
export const isAccounting = (cell: Sql, decimal: string): Sql =>
  sql`(${isWrittenNumber(cell, decimal)} or (regexp_full_match(${cell}, ${pattern}) and ${isWrittenNumber(bareOf(cell), decimal)}))`;
