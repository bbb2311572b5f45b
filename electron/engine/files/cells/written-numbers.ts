import { type Sql, sql } from '../../../../shared/sql.ts';

/** Classes of numbers that are not written as PostgreSQL reads them. */
export const written = {
  /** `1,5` or `12,50`: a decimal comma. */
  comma: 600,
  /** `1.234,56` or `1.234.567`: points between thousands. */
  points: 601,
  /** `1,234.56` or `1,234,567`: commas between thousands. */
  commas: 602,
  /** `1,234`: either. */
  unsure: 603,
  /** `1 234` or `1'234`. */
  gaps: 604,
  /** … with decimals after a point. */
  gapsPoint: 605,
  /** … after a comma. */
  gapsComma: 606,
} as const;

const gap = "[ '’\u00a0\u202f]";

/** The class of a cell that may be such a number. */
export const writtenClass = (cell: Sql, otherwise: Sql): Sql => sql`case
  when regexp_full_match(${cell}, '-?[1-9][0-9]{0,2},[0-9]{3}') then ${written.unsure}
  when regexp_full_match(${cell}, '-?(0|[1-9][0-9]*),[0-9]+') then ${written.comma}
  when regexp_full_match(${cell}, '-?[1-9][0-9]{0,2}((\.[0-9]{3})+,[0-9]+|(\.[0-9]{3}){2,})') then ${written.points}
  when regexp_full_match(${cell}, '-?[1-9][0-9]{0,2}((,[0-9]{3})+\.[0-9]+|(,[0-9]{3}){2,})') then ${written.commas}
  when regexp_full_match(${cell}, ${`-?[1-9][0-9]{0,2}(${gap}[0-9]{3})+`}) then ${written.gaps}
  when regexp_full_match(${cell}, ${`-?[1-9][0-9]{0,2}(${gap}[0-9]{3})+\\.[0-9]+`}) then ${written.gapsPoint}
  when regexp_full_match(${cell}, ${`-?[1-9][0-9]{0,2}(${gap}[0-9]{3})+,[0-9]+`}) then ${written.gapsComma}
  else ${otherwise} end`;

/** How numbers are written: what stands before decimals. */
export type Decimal = '.' | ',';

const { comma, points, commas, unsure, gaps, gapsPoint, gapsComma } = written;

/** Classes that are numbers where this stands before decimals; `told` where one of them can be nothing else. */
export function numberReading(
  kinds: readonly number[],
  decimal: Decimal,
): { classes: readonly number[]; told: boolean } {
  const sure: readonly number[] = decimal === ',' ? [comma, points, gapsComma] : [commas, gapsPoint];
  const classes = [...sure, unsure, gaps];
  return { classes, told: kinds.some((kind) => sure.includes(kind) || kind === gaps) };
}

/** A number as PostgreSQL reads it. */
export function plainNumber(cell: Sql, decimal: string): Sql {
  const bare = sql`regexp_replace(${cell}, ${`${gap}|${decimal === ',' ? '\\.' : ','}`}, '', 'g')`;
  return decimal === ',' ? sql`replace(${bare}, ',', '.')` : bare;
}

/** True for a number written so. */
export const isWrittenNumber = (cell: Sql, decimal: string): Sql => {
  const group = decimal === ',' ? `(\\.|${gap})` : `(,|${gap})`;
  const point = decimal === ',' ? ',' : '\\.';
  return sql`regexp_full_match(${cell}, ${`[-+]?(([0-9]+|[1-9][0-9]{0,2}(${group}[0-9]{3})+)(${point}[0-9]+)?|${point}[0-9]+)`})`;
};
