import { quotedColumns } from '../column-words.ts';
import { defineCheck } from '../define-check.ts';
import { partlyFilledRows } from '../judged-rows.ts';
import { columns, number } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, join, sql } from '../sql.ts';

const usual = 70;

export default defineCheck({
  title: 'No near duplicates',
  class: 'uniqueness',
  icon: 'copy',
  help: 'No two texts are nearly the same: "Anna Schmidt" and "Ana Schmidt". Likeness is the share of three-letter pieces that two texts have in common. Both rows of a pair are bad; texts that are exactly equal are not judged here, that is what "Unique" is for.',
  params: {
    columns: columns('Columns', 'Their texts, put together.'),
    alike: number('Alike from', 'Per cent of common pieces. Empty: 70.', { optional: true }),
  },
  says: ({ columns, alike }) => `No two ${quotedColumns(columns)} are ${alike ?? usual}% alike`,
  marks: ({ columns }) => columns,
  judges: (_input, { columns }) => partlyFilledRows(columns),
  needs: 'pg_trgm',
  /** Two texts this much alike share one of their rarest pieces (prefix filtering): only such pairs are compared. */
  badRows: ({ from }, { columns, alike }) => {
    const share = (alike ?? usual) / 100;
    if (!(share > 0 && share <= 1)) {
      throw problem('bad_input', 'Texts are alike by more than 0 and up to 100 per cent.');
    }
    const text = sql`concat_ws(' ', ${join(columns.map((name) => sql`${ident(name)}::text`))})`;
    return sql`with _texts as (select distinct ${text} as v from ${from}),
_pieces as (select v, p from _texts, unnest(assay.show_trgm(v)) as p),
_ranked as (select v, p, row_number() over (partition by v order by n, p) as place, count(*) over (partition by v) as size
  from _pieces join (select p, count(*) as n from _pieces group by p) as _often using (p)),
_rare as (select v, p from _ranked where place <= size - ceil(${String(share)}::float8 * size) + 1),
_pairs as (select distinct a.v as one, b.v as other from _rare as a join _rare as b on a.p = b.p and a.v < b.v),
_alike as (select one, other from _pairs where assay.similarity(one, other) >= ${String(share)}::float4)
select _row from ${from} where ${text} in (select one from _alike union select other from _alike)`;
  },
  examples: [
    {
      says: 'one letter less is nearly the same, equal texts are not judged',
      params: { columns: ['name'], alike: 60 },
      table: {
        rows: [
          { name: 'Anna Schmidt' },
          { name: 'Ana Schmidt' },
          { name: 'Bertha Klein' },
          { name: 'Bertha Klein' },
          { name: null },
        ],
      },
      bad: [0, 1],
    },
    {
      says: 'several columns are put together',
      params: { columns: ['first', 'last'], alike: null },
      table: {
        rows: [
          { first: 'Johannes', last: 'Gutenberg' },
          { first: 'Johanes', last: 'Gutenberg' },
          { first: 'Johannes', last: 'Kepler' },
        ],
      },
      bad: [0, 1],
    },
  ],
});
