import type { Column } from '../../../shared/column.ts';
import { decodePage } from '../../../shared/decode-page.ts';
import { useEngine } from '../../use-engine.ts';
import { mostWords, textsOf } from './most-words.ts';

/** As many rows are looked at. */
const looked = 200;

const usual = [/text|body|content|description|message|comment|note|review/i, /subject|title|name/i, /./];

/** By its name, as long as no rows have been seen. */
function byName(columns: readonly Column[]): string | undefined {
  const texts = textsOf(columns);
  return usual.flatMap((names) => texts.find(({ name }) => names.test(name)) ?? [])[0]?.name;
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
