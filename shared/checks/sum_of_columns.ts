import { typeFamily } from '../column.ts';
import { quotedColumns } from '../column-words.ts';
import { defineCheck } from '../define-check.ts';
import { partlyFilledRows } from '../judged-rows.ts';
import { column, columns, number } from '../params.ts';
import { ident, join, sql } from '../sql.ts';

export default defineCheck({
  title: 'Parts add up to the total',
  class: 'business rule',
  icon: 'plus',
  help: 'In every row the parts add up to the total, within a tolerance: net and tax are gross. Rows where the total or all parts are null are fine; a missing part counts as 0.',
  params: {
    parts: columns('Parts', 'Columns of numbers.'),
    total: column('Total', 'The column they add up to.'),
    tolerance: number('Tolerance', 'How far off is still fine. Empty: not at all.', { optional: true }),
  },
  says: ({ parts, total }) => `${quotedColumns(parts).replaceAll(', ', ' + ')} = \`${total}\``,
  marks: ({ parts, total }) => [total, ...parts],
  judges: (_input, { parts, total }) => {
    const { when, without } = partlyFilledRows(parts);
    return { when: sql`${when} and ${ident(total)} is not null`, without };
  },
  byValue: true,
  breaks: ({ columns }, { parts, total, tolerance }) => {
    // A tenth and two tenths are three tenths, but not in binary.
    const exact = (name: string) =>
      typeFamily(columns.find((column) => column.name === name)?.type ?? '') === 'float'
        ? sql`${ident(name)}::numeric`
        : ident(name);
    const sum = join(
      parts.map((name) => sql`coalesce(${exact(name)}, 0)`),
      sql` + `,
    );
    const filled = join(parts.map((name) => ident(name)));
    return sql`(num_nonnulls(${filled}) > 0 and abs(${sum} - ${exact(total)})::numeric > ${String(tolerance ?? 0)}::numeric)`;
  },
  examples: [
    {
      says: 'a cent is fine where the tolerance says so',
      params: { parts: ['net', 'tax'], total: 'gross', tolerance: 0.01 },
      table: {
        types: { net: 'numeric', tax: 'numeric', gross: 'numeric' },
        rows: [
          { net: '10', tax: '1.90', gross: '11.90' },
          { net: '10', tax: '1.90', gross: '11.91' },
          { net: '10', tax: '1.90', gross: '12' },
          { net: '10', tax: null, gross: '10' },
          { net: '10', tax: '1', gross: null },
          { net: null, tax: null, gross: '5' },
        ],
      },
      bad: [2],
    },
    {
      says: 'a tenth and two tenths are three tenths',
      params: { parts: ['a', 'b'], total: 'c', tolerance: null },
      table: {
        types: { a: 'double precision', b: 'double precision', c: 'double precision' },
        rows: [
          { a: '0.1', b: '0.2', c: '0.3' },
          { a: '0.1', b: '0.2', c: '0.31' },
        ],
      },
      bad: [1],
    },
  ],
});
