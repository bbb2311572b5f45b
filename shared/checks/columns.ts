import { canonicalType } from '../canonical-type.ts';
import { type Column, type TypeFamily, typeFamily, userColumns } from '../column.ts';
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
  readonly others?: boolean;
}

/** Types as contracts call them, whatever the database does: `any number`. */
const kinds: Readonly<Record<string, readonly TypeFamily[]>> = {
  'any text': ['text', 'uuid'],
  'any integer': ['integer'],
  'any number': ['integer', 'decimal', 'float'],
  'any boolean': ['boolean'],
  'any date': ['date'],
  'any timestamp': ['timestamp', 'timestamptz'],
  'any time': ['time'],
  'any object': ['json', 'other'],
  'any array': ['json', 'vector', 'other'],
};

/** A type that is left out is any; where others may stand beside, one without a precision has any. */
function isOf(now: string, type: string, others: boolean): boolean {
  const families = kinds[type.trim().toLowerCase()];
  if (families) return families.includes(typeFamily(now));
  const [here, meant] = [canonicalType(now), canonicalType(type)];
  return (
    meant === '' ||
    here === meant ||
    (others && !meant.includes('(') && here.replace(/\([\d,-]+\)/, '') === meant)
  );
}

/** How columns differ from those that are declared, each difference in words. */
export function differencesOf(
  present: readonly Column[],
  { columns, inOrder, others = false }: Declared,
): readonly string[] {
  const now = new Map(userColumns(present).map(({ name, type }) => [name, type]));
  const declared = new Set(namesOf(columns));
  const missing = columns
    .filter(({ name }) => !now.has(name))
    .map(({ name, type }) => `\`${name}\`${type && ` (${type})`} is missing`);
  const retyped = columns
    .filter(({ name, type }) => now.has(name) && !isOf(now.get(name) ?? '', type, others))
    .map(({ name, type }) => `\`${name}\` is ${now.get(name)}, not ${type}`);
  const added = [...now]
    .filter(([name]) => !others && !declared.has(name))
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
  help: 'The table has these columns with these types, and no others unless you say so. Every column that is missing, was added or has another type is named; the order counts only if you say so.',
  params: {
    columns: list('Columns', 'Every column that the table has to have.', {
      name: text('Name', 'As the table spells it.'),
      type: text(
        'Type',
        'A PostgreSQL type, such as integer, numeric(12,2) or text; or any number, any text, any date.',
        {
          placeholder: 'text',
          optional: true,
        },
      ),
    }),
    inOrder: flag('In this order', 'Columns that stand elsewhere are differences too.'),
    others: flag('Others may stand beside', 'Columns that are not listed are no differences.'),
  },
  begin: (columns) => ({ columns: userColumns(columns).map(({ name, type }) => ({ name, type })) }),
  says: ({ columns, others }) =>
    `The columns ${others ? 'include' : 'are'} ${columns.map(({ name, type }) => `\`${name}\` ${type}`.trim()).join(', ')}`,
  marks: () => [],
  differences: (present, params) => differencesOf(present, params),
  kept: ({ columns: then }, params) => differencesOf(then, params).length === 0,
  compared: (present, { columns, others }) =>
    new Set([...(others ? [] : namesOf(userColumns(present))), ...namesOf(columns)]).size,
  examples: [
    {
      says: 'passes where names and types are equal, however the type is written',
      params: {
        columns: [
          { name: 'id', type: 'int8' },
          { name: 'name', type: 'text' },
        ],
        inOrder: true,
        others: false,
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
        others: false,
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
        others: false,
      },
      table: { rows: [{ b: '1', a: '2' }] },
      differences: ['`b` stands where `a` should', '`a` stands where `b` should'],
    },
    {
      says: 'others may stand beside; a type may be any of a sort, and one that is left out is any',
      params: {
        columns: [
          { name: 'id', type: 'any number' },
          { name: 'name', type: '' },
          { name: 'day', type: 'any date' },
          { name: 'price', type: 'numeric' },
        ],
        inOrder: false,
        others: true,
      },
      table: {
        types: { id: 'bigint', price: 'numeric(8,2)' },
        rows: [{ id: 1, name: 'Ann', day: 'x', price: '1', note: 'y' }],
      },
      differences: ['`day` is text, not any date'],
    },
  ],
});
