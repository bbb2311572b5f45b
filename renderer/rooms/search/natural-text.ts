import type { CellValue } from '../../../shared/cell-text.ts';
import { type Column, typeFamily, userColumns } from '../../../shared/column.ts';
import { decodePage } from '../../../shared/decode-page.ts';
import { useEngine } from '../../use-engine.ts';

/** As many rows are looked at. */
const looked = 200;

const usual = [/text|body|content|description|message|comment|note|review/i, /subject|title|name/i, /./];

const textsOf = (columns: readonly Column[]) =>
  userColumns(columns).filter(({ type }) => typeFamily(type) === 'text');

/** By its name, as long as no rows have been seen. */
function byName(columns: readonly Column[]): string | undefined {
  const texts = textsOf(columns);
  return usual.flatMap((names) => texts.find(({ name }) => names.test(name)) ?? [])[0]?.name;
}

const words = (value: CellValue) =>
  typeof value === 'string' ? value.split(/\s+/).filter(Boolean).length : 0;

/** The column with the most words in a row: what people wrote, rather than a number, a link or a code. */
export function mostWords(
  columns: readonly Column[],
  rows: number,
  cell: (row: number, column: number) => CellValue,
): string | undefined {
  const counts = columns.map(({ name }, at) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += words(cell(row, at));
    return { name, sum };
  });
  const texts = new Set(textsOf(columns).map(({ name }) => name));
  const [best] = counts.filter(({ name }) => texts.has(name)).toSorted((one, other) => other.sum - one.sum);
  return best && best.sum > 0 ? best.name : undefined;
}

/** The column of a table that most likely holds what people wrote. */
export function useNaturalText(table: string, columns: readonly Column[]): readonly string[] {
  const source = { of: 'table' as const, table };
  const { data } = useEngine(
    'tables',
    'page',
    { source, offset: 0, limit: looked },
    { enabled: table !== '' && textsOf(columns).length > 1, keepFor: 0 },
  );
  const page = data && decodePage(data.bytes);
  const best = (page && mostWords(page.columns, page.rows, page.cell)) ?? byName(columns);
  return best ? [best] : [];
}
