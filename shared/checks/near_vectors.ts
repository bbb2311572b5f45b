import { defineCheck } from '../define-check.ts';
import { filledRows } from '../judged-rows.ts';
import { column, number, text } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, sql } from '../sql.ts';

const usual = 0.1;

export default defineCheck({
  title: 'No row near another',
  class: 'uniqueness',
  icon: 'orbit',
  help: 'No two vectors are nearer than a cosine distance: texts that say the same in other words. The vectors are a column of the table, or the embedded text of a collection made from it. Both rows of a pair are bad. Every row is compared with every other: some ten thousands take minutes.',
  params: {
    column: column('Vector column', 'Empty: the vectors of a collection.', { optional: true }),
    collection: text('Collection', 'A collection of this table; not needed with a column.', {
      optional: true,
    }),
    distance: number('Nearer than', 'Cosine distance, from 0 (same direction) to 2. Empty: 0.1.', {
      optional: true,
    }),
  },
  says: ({ column, collection, distance }) =>
    `No row is nearer than ${distance ?? usual} to another ${column ? `by \`${column}\`` : `in ${collection}`}`,
  marks: ({ column }) => (column ? [column] : []),
  collection: ({ column, collection }) => (column ? undefined : collection),
  judges: ({ row }, { column, collection }) =>
    column
      ? filledRows([column])
      : {
          when: sql`${row}._row in (select source_row from ${ident('collections', collection)})`,
          without: `No row of it is embedded in ${collection}, so there was nothing to check.`,
        },
  badRows: ({ table, from }, { column, collection, distance }) => {
    if (!column && !collection) {
      throw problem('bad_input', 'Neither a vector column nor a collection is set.', {
        hint: 'Choose the column that holds the vectors, or name a collection.',
      });
    }
    const vectors = column
      ? sql`select _row, ${ident(column)} as v from ${from} where ${ident(column)} is not null`
      : sql`select _row, embedding as v from ${ident('collections', collection)} join ${from} on _row = source_row
  where (select table_name = ${table} from assay.collections where name = ${collection})`;
    // A vector of zeros has no direction: it is near nothing, itself included.
    return sql`with _vectors as materialized (select * from (${vectors}) as _all where v <=> v < 1)
select distinct _row from _vectors as _one
where exists (select from _vectors as _other where _other._row <> _one._row and _other.v <=> _one.v < ${String(distance ?? usual)}::float8)`;
  },
  examples: [
    {
      says: 'nearly the same direction is near, whatever the length; nulls and zeros are near nothing',
      params: { column: 'v', collection: '', distance: null },
      table: {
        types: { v: 'vector(2)' },
        rows: [{ v: '[1,0]' }, { v: '[9,1]' }, { v: '[0,1]' }, { v: null }, { v: '[0,0]' }],
      },
      bad: [0, 1],
    },
    {
      says: 'a small distance lets them pass',
      params: { column: 'v', collection: '', distance: 0.001 },
      table: { types: { v: 'vector(2)' }, rows: [{ v: '[1,0]' }, { v: '[9,1]' }] },
      bad: [],
    },
  ],
});
