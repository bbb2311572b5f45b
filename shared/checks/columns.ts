import { canonicalType } from '../canonical-type.ts';
import { type Column, userColumns } from '../column.ts';
import { defineCheck } from '../define-check.ts';
import { flag, list, text } from '../params.ts';

const namesOf = (columns: readonly Column[]) => columns.map(({ name }) => name);

/** Columns of both lists that stand at another place among them. */
function misplaced(present: readonly string[], declared: readonly string[]): string[] {
  const now = present.filter((name) => declared.includes(name));
  const meant = declared.filter((name) => present.includes(name));
  return now.flatMap((name, at) =>
    meant[at] === name ? [] : [`\`${name}\` stands where \`${meant[at]}\` should`],
  );
}

interface Declared {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly inOrder: boolean;
}

/** How columns differ from those that are declared, each difference in words. */
export function differencesOf(present: readonly Column[], { columns, inOrder }: Declared): readonly string[] {
  const now = new Map(userColumns(present).map(({ name, type }) => [name, type]));
  const declared = new Set(namesOf(columns));
  const missing = columns
    .filter(({ name }) => !now.has(name))
    .map(({ name, type }) => `\`${name}\` (${type}) is missing`);
  const retyped = columns
    .filter(({ name, type }) => now.has(name) && canonicalType(now.get(name) ?? '') !== canonicalType(type))
    .map(({ name, type }) => `\`${name}\` is ${now.get(name)}, not ${type}`);
  const added = [...now]
    .filter(([name]) => !declared.has(name))
    .map(([name, type]) => `\`${name}\` (${type}) was added`);
  return [
    ...missing,
    ...retyped,
    ...added,
    ...(inOrder ? misplaced(namesOf(userColumns(present)), namesOf(columns)) : []),
  ];
}

export default defineCheck({
  title: 'Columns are as declared',
  class: 'schema',
  icon: 'columns-3',
  help: 'The table has exactly these columns with these types. Every column that is missing, was added or has another type is named; the order counts only if you say so.',
  params: {
    columns: list('Columns', 'Every column that the table has to have.', {
      name: text('Name', 'As the table spells it.'),
      type: text('Type', 'A PostgreSQL type, such as integer, numeric(12,2) or text.', {
        placeholder: 'text',
      }),
    }),
    inOrder: flag('In this order', 'Columns that stand elsewhere are differences too.'),
  },
  begin: (columns) => ({ columns: userColumns(columns).map(({ name, type }) => ({ name, type })) }),
  says: ({ columns }) =>
    `The columns are ${columns.map(({ name, type }) => `\`${name}\` ${type}`).join(', ')}`,
  marks: () => [],
  differences: (present, params) => differencesOf(present, params),
  kept: ({ columns: then }, { columns, inOrder }) => differencesOf(then, { columns, inOrder }).length === 0,
  compared: (present, { columns }) => new Set([...namesOf(userColumns(present)), ...namesOf(columns)]).size,
  examples: [
    {
      says: 'passes where names and types are equal, however the type is written',
      params: {
        columns: [
          { name: 'id', type: 'int8' },
          { name: 'name', type: 'text' },
        ],
        inOrder: true,
      },
      table: { types: { id: 'bigint' }, rows: [{ id: 1, name: 'Ann' }] },
      differences: [],
    },
    {
      says: 'names each column that is missing, retyped or added',
      params: {
        columns: [
          { name: 'id', type: 'integer' },
          { name: 'amount', type: 'numeric' },
        ],
        inOrder: false,
      },
      table: { types: { id: 'text', note: 'text' }, rows: [{ id: 'a', note: 'x' }] },
      differences: ['`amount` (numeric) is missing', '`id` is text, not integer', '`note` (text) was added'],
    },
    {
      says: 'the order counts where asked for',
      params: {
        columns: [
          { name: 'a', type: 'text' },
          { name: 'b', type: 'text' },
        ],
        inOrder: true,
      },
      table: { rows: [{ b: '1', a: '2' }] },
      differences: ['`b` stands where `a` should', '`a` stands where `b` should'],
    },
  ],
});
