import type { CheckDefinition } from '../../shared/define-check.ts';
import type { ExampleTable } from '../../shared/define-step.ts';
import type { Field, ParamShape } from '../../shared/params.ts';
import { ident, toText } from '../../shared/sql.ts';
import { lexSql } from '../../shared/sql-lexer.ts';
import { columnsOf } from '../steps/example-rows.ts';

type Example = CheckDefinition['examples'][number];
type Rename = (name: string) => string;
type Params = Readonly<Record<string, unknown>>;

const hostileValue = `'"; drop schema assay cascade; --`;

/** An example whose tables and columns are called something hostile; `name` is what its own table will be called. */
export function hostileCheckExample(
  { params }: CheckDefinition,
  example: Example,
  hostile: string,
  name: string,
): Example {
  const others = Object.entries(example.others ?? {});
  const names = [example.table, ...others.map(([, table]) => table)].flatMap((table) =>
    columnsOf(table).map(({ name }) => name),
  );
  const known = new Map(
    [...new Set([...names, ...others.map(([name]) => name)])].map((name, at) => [name, `${hostile}${at}`]),
  );
  known.set('checked', name);
  const rename: Rename = (old) => known.get(old) ?? old;
  return {
    ...example,
    table: renameTable(example.table, rename),
    others: Object.fromEntries(others.map(([name, table]) => [rename(name), renameTable(table, rename)])),
    params: mapParams(params, example.params, (field, value) => renameValue(field, value, rename)),
  };
}

/** Parameters in which every text that a person may write freely is hostile. */
export const hostileParams = (shape: ParamShape, params: Params): Params =>
  mapParams(shape, params, (field, value) =>
    ['text', 'values', 'expression', 'query'].includes(field.is) ? value + hostileValue : value,
  );

function renameTable(table: ExampleTable, rename: Rename): ExampleTable {
  return {
    types: Object.fromEntries(columnsOf(table).map(({ name, type }) => [rename(name), type])),
    rows: table.rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [rename(name), cell])),
    ),
  };
}

function mapParams(
  shape: ParamShape,
  params: Params,
  change: (field: Field<unknown>, value: string) => unknown,
): Record<string, unknown> {
  const changed = (field: Field<unknown> | undefined, value: unknown): unknown => {
    if (!field) return value;
    if (Array.isArray(value)) {
      const { fields } = field;
      return value.map((entry) => (fields ? mapParams(fields, entry, change) : changed(field, entry)));
    }
    return typeof value === 'string' && value !== '' ? change(field, value) : value;
  };
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, changed(shape[name], value)]),
  );
}

function renameValue(field: Field<unknown>, value: string, rename: Rename): string {
  if (['column', 'columns', 'table'].includes(field.is) || field.label === 'Name') return rename(value);
  return ['expression', 'query'].includes(field.is) ? renameWords(value, rename) : value;
}

const renameWords = (written: string, rename: Rename): string =>
  lexSql(written)
    .map(({ kind, start, stop }) => {
      const words = written.slice(start, stop);
      return kind === 'word' && rename(words) !== words ? toText(ident(rename(words))) : words;
    })
    .join('');
