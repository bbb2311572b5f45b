import type { ExampleRow, ExampleTable, StepDefinition } from '../../shared/define-step.ts';
import type { Field, ParamShape } from '../../shared/params.ts';
import { ident, toText } from '../../shared/sql.ts';
import { lexSql } from '../../shared/sql-lexer.ts';
import { columnsOf } from './example-rows.ts';

type Example = StepDefinition['examples'][number];
type Rename = (name: string) => string;

/** Names that break whoever does not quote, compare or count bytes properly. Each gets a digit at its end. */
export const hostileNames: readonly string[] = [
  'a"b',
  `x"; drop schema assay cascade; --`,
  "it's",
  'Größe 数据 😀',
  'select',
  'a.b',
  '$1',
  ' leading and trailing ',
  `back\\slash`,
  'line\nbreak',
  'x'.repeat(62),
  'ü'.repeat(31),
];

const hostileValue = `'"; drop schema assay cascade; --`;

/** An example whose columns are called something hostile, each otherwise, and whose texts hold something hostile. */
export function hostileExample({ params }: StepDefinition, example: Example, hostile: string) {
  const known = new Map<string, string>();
  const columns = new Set(example.inputs.flatMap((table) => columnsOf(table).map(({ name }) => name)));
  const first = hostileNames.indexOf(hostile);
  const rename: Rename = (name) => {
    const next = hostileNames[(first + known.size) % hostileNames.length];
    if (!known.has(name)) known.set(name, `${next}${known.size}`);
    return known.get(name) as string;
  };
  for (const column of columns) rename(column);
  return {
    tables: example.inputs.map((table) => renameTable(table, rename)),
    params: renameParams(params, example.params, rename, columns),
  };
}

function renameTable(table: ExampleTable, rename: Rename): ExampleTable {
  const types = Object.fromEntries(columnsOf(table).map(({ name, type }) => [rename(name), type]));
  const rows = table.rows.map(
    (row): ExampleRow =>
      Object.fromEntries(
        Object.entries(row).map(([name, cell]) => {
          const isText = typeof cell === 'string' && types[rename(name)] === 'text';
          return [rename(name), isText ? cell + hostileValue : cell];
        }),
      ),
  );
  return { types, rows };
}

function renameParams(
  shape: ParamShape,
  params: Readonly<Record<string, unknown>>,
  rename: Rename,
  columns: ReadonlySet<string>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, renamed(shape[name], value, rename, columns)]),
  );
}

function renamed(
  field: Field<unknown> | undefined,
  value: unknown,
  rename: Rename,
  columns: ReadonlySet<string>,
): unknown {
  if (Array.isArray(value)) {
    return value.map((entry) =>
      field?.fields
        ? renameParams(field.fields, entry, rename, columns)
        : field?.literal
          ? entry
          : rename(String(entry)),
    );
  }
  if (typeof value !== 'string' || value === '' || field?.literal) return value;
  if (field?.is === 'column' || field?.is === 'text' || field?.is === 'table') return rename(value);
  if (field?.is === 'expression' || field?.is === 'query') return renameWords(value, rename, columns);
  return value;
}

/** Puts quoted names for the words that are columns. */
const renameWords = (written: string, rename: Rename, columns: ReadonlySet<string>): string =>
  lexSql(written)
    .map(({ kind, start, stop }) => ({ kind, words: written.slice(start, stop) }))
    .map(({ kind, words }) => (kind === 'word' && columns.has(words) ? toText(ident(rename(words))) : words))
    .join('');
