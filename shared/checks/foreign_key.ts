import { aliasBeside } from '../alias-beside.ts';
import { defineCheck } from '../define-check.ts';
import { filledRows } from '../judged-rows.ts';
import { columns, table } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, join, sql } from '../sql.ts';

const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

export default defineCheck({
  title: 'Found in another table',
  class: 'referential integrity',
  icon: 'link',
  help: 'Every value is there in the other table: no order of an unknown customer. A row with a null in one of the columns refers to nothing and is fine, as with a foreign key.',
  params: {
    columns: columns('Columns', 'They refer to the other table, in this order.'),
    table: table('Table', 'It is referred to.'),
    references: columns('Columns there', 'One for each column here, in the same order.', { input: 1 }),
  },
  says: ({ columns, table, references }) => `${quoted(columns)} is found in ${table} (${quoted(references)})`,
  marks: ({ columns }) => columns,
  judges: (_input, { columns }) => filledRows(columns),
  breaks: ({ row }, { columns, table, references }) => {
    if (columns.length !== references.length) {
      throw problem('bad_input', `${columns.length} columns cannot refer to ${references.length}.`, {
        hint: 'Choose one column there for each column here.',
      });
    }
    const other = aliasBeside(row);
    const filled = columns.map((name) => sql`${row}.${ident(name)} is not null`);
    const equal = references.map(
      (name, at) => sql`${other}.${ident(name)} = ${row}.${ident(columns[at] ?? '')}`,
    );
    return sql`${join(filled, sql` and `)} and not exists
  (select from ${ident(table)} as ${other} where ${join(equal, sql` and `)})`;
  },
  allows: ({ columns: [column, ...more], table, references: [key] }) =>
    column && key && more.length === 0 ? { column, from: { table, column: key } } : undefined,
  beyondRow: () => true,
  examples: [
    {
      says: 'a value that the other table lacks is bad, a null is not',
      params: { columns: ['customer'], table: 'customers', references: ['id'] },
      table: { types: { customer: 'integer' }, rows: [{ customer: 1 }, { customer: 9 }, { customer: null }] },
      others: { customers: { types: { id: 'integer' }, rows: [{ id: 1 }, { id: 2 }] } },
      bad: [1],
    },
    {
      says: 'several columns refer together',
      params: { columns: ['shop', 'no'], table: 'tills', references: ['shop', 'number'] },
      table: {
        rows: [
          { shop: 'a', no: '1' },
          { shop: 'a', no: '2' },
          { shop: null, no: '9' },
        ],
      },
      others: {
        tills: {
          rows: [
            { shop: 'a', number: '1' },
            { shop: 'b', number: '2' },
          ],
        },
      },
      bad: [1],
    },
  ],
});
