import { defineCheck } from '../define-check.ts';
import { looksElsewhere } from '../looks-elsewhere.ts';
import { mentionedColumns } from '../mentioned-columns.ts';
import { cellsIn, cellsOfFirstBroken } from '../offending-cells.ts';
import { expression as expressionField } from '../params.ts';
import { expression, sql } from '../sql.ts';

const oneLine = (written: string) => written.trim().replace(/\s+/g, ' ');

export default defineCheck({
  title: 'If this, then that',
  class: 'business rule',
  icon: 'split',
  help: 'In every row that meets the first condition, the second holds too: what is shipped has a date of shipping. A row breaks it where the second is false or cannot be told because a value is missing.',
  params: {
    when: expressionField('If', 'An SQL condition: for which rows.', { placeholder: "status = 'shipped'" }),
    holds: expressionField('Then', 'An SQL condition that has to hold in them.', {
      placeholder: 'shipped_at is not null',
    }),
  },
  says: ({ when, holds }) => `If ${oneLine(when)}, then ${oneLine(holds)}`,
  marks: () => [],
  judges: (_input, { when }) => ({
    when: sql`${expression(when)} is true`,
    without: 'No row meets the first condition, so there was nothing to check.',
  }),
  cells: ({ columns }, { holds }) => {
    const names = columns.map(({ name }) => name);
    const about = mentionedColumns(holds, names);
    const first = cellsOfFirstBroken(holds, names, (part) => sql`${part} is not true`);
    return first ?? (about.length > 0 ? cellsIn(about) : undefined);
  },
  breaks: (_input, { when, holds }) =>
    sql`(${expression(when)} is true and ${expression(holds)} is not true)`,
  beyondRow: ({ when, holds }) => looksElsewhere(when) || looksElsewhere(holds),
  quotes: true,
  examples: [
    {
      says: 'only rows that meet the condition are judged; a missing value breaks it',
      params: { when: "status = 'shipped'", holds: 'shipped >= ordered' },
      table: {
        types: { ordered: 'date', shipped: 'date' },
        rows: [
          { status: 'shipped', ordered: '2026-01-02', shipped: '2026-01-03' },
          { status: 'shipped', ordered: '2026-01-02', shipped: null },
          { status: 'shipped', ordered: '2026-01-02', shipped: '2026-01-01' },
          { status: 'paid', ordered: '2026-01-02', shipped: null },
          { status: null, ordered: '2026-01-02', shipped: null },
        ],
      },
      bad: [1, 2],
      cells: [
        ['ordered', 'shipped'],
        ['ordered', 'shipped'],
      ],
    },
  ],
});
