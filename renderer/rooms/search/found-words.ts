import type { SearchResult } from '../../../shared/contract/search.ts';
import { counted } from '../../../shared/number-words.ts';

/** How many were found of how many that could be: of all, or of those that pass, where their number is known. */
export function foundWords(
  { results, passing }: Pick<SearchResult, 'passing'> & { readonly results: readonly unknown[] },
  documents: number,
  limit: number,
): string {
  const most = passing === 'all' ? documents : passing;
  const cut = results.length === limit && most !== limit;
  const found = cut ? `The first ${limit}` : counted(results.length, 'result');
  if (most === null) return found;
  return `${found} of ${counted(most, 'document')}${passing === 'all' ? '' : passWords(most)}`;
}

const passWords = (many: number) => (many === 1 ? ' that passes' : ' that pass');
