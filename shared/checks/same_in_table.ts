import { aliasBeside } from '../alias-beside.ts';
import { type Column, isNumeric } from '../column.ts';
import { quotedColumns } from '../column-words.ts';
import { defineCheck } from '../define-check.ts';
import { cellsIn } from '../offending-cells.ts';
import { columns, table } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, join, type Sql, sql } from '../sql.ts';

/** True where a cell here and its counterpart are equal: numbers by value, whatever type and scale they have there. */
function sameCell(columns: readonly Column[], row: Sql, other: Sql, name: string): Sql {
  const numeric = isNumeric(columns.find((column) => column.name === name)?.type ?? 'text');
  const [here, there] = [row, other].map((of) => {
    const text = sql`${of}.${ident(name)}::text`;
    if (!numeric) return text;
    return sql`case when ${text} like '%.%' and ${text} not like '%e%' then rtrim(rtrim(${text}, '0'), '.') else ${text} end`;
  });
  return sql`${there as Sql} is not distinct from ${here as Sql}`;
}

export default defineCheck({
  title: 'Equal in another table',
  class: 'referential integrity',
  icon: 'git-compare',
  help: 'Every row is there in the other table by its key, with equal values in the compared columns: a copy agrees with its source. Columns are called the same in both. To find rows that only the other table has, write the rule there as well, or use "Two tables agree".',
  params: {
    key: columns('Key', 'Columns that name a row, called the same in both tables.'),
    table: table('Table', 'It is compared with.'),
    compared: columns('Compared columns', 'Called the same in both tables. Empty: being there is enough.', {
      optional: true,
    }),
  },
  says: ({ key, table, compared }) =>
    `By ${quotedColumns(key)}, each row is in ${table}${compared.length > 0 ? ` with the same ${quotedColumns(compared)}` : ''}`,
  marks: ({ key, compared }) => [...key, ...compared],
  breaks: ({ columns, row }, { key, table, compared }) => {
    const twice = key.find((name) => compared.includes(name));
    if (twice !== undefined) throw problem('bad_input', `\`${twice}\` is the key: it need not be compared.`);
    const other = aliasBeside(row);
    const equal = key.map((name) => sql`${other}.${ident(name)} = ${row}.${ident(name)}`);
    const same = compared.map((name) => sameCell(columns, row, other, name));
    return sql`not exists
  (select from ${ident(table)} as ${other} where ${join([...equal, ...same], sql` and `)})`;
  },
  cells: ({ columns, row }, { key, table, compared }) => {
    const other = aliasBeside(row);
    const equal = key.map((name) => sql`${other}.${ident(name)} = ${row}.${ident(name)}`);
    const found = sql`from ${ident(table)} as ${other} where ${join(equal, sql` and `)}`;
    const differs = compared.map(
      (name) => sql`case when not exists (select ${found}
  and ${sameCell(columns, row, other, name)}) then ${name}::text end`,
    );
    if (differs.length === 0) return undefined;
    return sql`case when not exists (select ${found}) then ${cellsIn(key)}
  else array_remove(array[${join(differs)}], null) end`;
  },
  beyondRow: () => true,
  examples: [
    {
      says: 'rows that are missing there or differ are bad',
      params: { key: ['id'], table: 'source', compared: ['amount'] },
      table: {
        types: { id: 'integer', amount: 'numeric(10,2)' },
        rows: [
          { id: 1, amount: '5.00' },
          { id: 2, amount: '6.00' },
          { id: 3, amount: null },
          { id: 4, amount: null },
        ],
      },
      others: {
        source: {
          types: { id: 'integer', amount: 'numeric(10,2)' },
          rows: [
            { id: 1, amount: '5.00' },
            { id: 2, amount: '6.01' },
            { id: 3, amount: null },
          ],
        },
      },
      bad: [1, 3],
      cells: [['amount'], ['id']],
    },
    {
      says: 'numbers are equal by value, whatever their type and scale',
      params: { key: ['id'], table: 'source', compared: ['amount'] },
      table: {
        types: { id: 'integer', amount: 'numeric' },
        rows: [
          { id: 1, amount: '5.0' },
          { id: 2, amount: '60' },
          { id: 3, amount: '6' },
        ],
      },
      others: {
        source: {
          types: { id: 'integer', amount: 'numeric(10,2)' },
          rows: [
            { id: 1, amount: '5' },
            { id: 2, amount: '60' },
            { id: 3, amount: '60' },
          ],
        },
      },
      bad: [2],
      cells: [['amount']],
    },
    {
      says: 'being there is enough where nothing is compared',
      params: { key: ['id'], table: 'source', compared: [] },
      table: { rows: [{ id: 'a' }, { id: 'b' }] },
      others: { source: { rows: [{ id: 'a' }] } },
      bad: [1],
    },
  ],
});
