import type { Column } from '../../shared/column.ts';
import { monaco } from './monaco.ts';
import { sqlLanguage } from './sql-language.ts';

/** A table as completion offers it. */
export interface KnownTable {
  readonly name: string;
  readonly columns: readonly Column[];
}

let tables: readonly KnownTable[] = [];

/** Says which tables and columns there are to complete. */
export function offerTables(known: readonly KnownTable[]): void {
  tables = known;
}

const words =
  'select from where group by having order limit offset join left right full inner outer cross lateral on using with as distinct union all intersect except insert into values update set delete returning create table view drop alter case when then else end and or not in exists between like ilike is null true false count sum avg min max coalesce nullif cast extract date_trunc row_number over partition filter string_agg array_agg'.split(
    ' ',
  );

/** A name as it must stand in SQL. */
const quoted = (name: string) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

monaco.languages.registerCompletionItemProvider(sqlLanguage, {
  triggerCharacters: ['.', '"'],
  provideCompletionItems(model, position) {
    const word = model.getWordUntilPosition(position);
    const range = new monaco.Range(
      position.lineNumber,
      word.startColumn,
      position.lineNumber,
      word.endColumn,
    );
    const before = model.getLineContent(position.lineNumber).slice(0, word.startColumn - 1);
    const owner = /(?:"((?:[^"]|"")+)"|(\w+))\.$/.exec(before);
    const text = model.getValue();
    const items = owner ? columnsOf(owner[1] ?? owner[2] ?? '', text) : everything(text);
    return { suggestions: items.map((item) => ({ ...item, range })) };
  },
});

type Item = Omit<monaco.languages.CompletionItem, 'range'>;

const columnItem = ({ name, type }: Column, table: string, rank: string): Item => ({
  label: { label: name, description: `${type} · ${table}` },
  insertText: quoted(name),
  kind: monaco.languages.CompletionItemKind.Field,
  sortText: `${rank}${name}`,
});

/** Columns of the table, or of the table that this name stands for in the text. */
function columnsOf(owner: string, text: string): Item[] {
  const name = tables.some((table) => table.name === owner) ? owner : (aliased(owner, text) ?? owner);
  return tables
    .filter((table) => table.name === name)
    .flatMap((table) => table.columns.map((column) => columnItem(column, table.name, '0')));
}

function aliased(alias: string, text: string): string | undefined {
  const pattern = new RegExp(
    `\\b(?:from|join)\\s+(?:"((?:[^"]|"")+)"|(\\w+))\\s+(?:as\\s+)?"?${alias.replaceAll(/\W/g, '')}"?\\b`,
    'i',
  );
  const found = pattern.exec(text);
  return found?.[1] ?? found?.[2];
}

/** Columns of tables that the text names come first, then tables, then words of the language. */
function everything(text: string): Item[] {
  const named = tables.filter(({ name }) => text.includes(name));
  return [
    ...named.flatMap((table) => table.columns.map((column) => columnItem(column, table.name, '0'))),
    ...tables.map(
      ({ name, columns }): Item => ({
        label: { label: name, description: `table · ${columns.length} columns` },
        insertText: quoted(name),
        kind: monaco.languages.CompletionItemKind.Struct,
        sortText: `1${name}`,
      }),
    ),
    ...words.map(
      (word): Item => ({
        label: word,
        insertText: word,
        kind: monaco.languages.CompletionItemKind.Keyword,
        sortText: `2${word}`,
      }),
    ),
  ];
}
