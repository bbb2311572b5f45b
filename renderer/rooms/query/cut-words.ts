import { counted } from '../../../shared/number-words.ts';

interface Compared {
  readonly title: string;
  readonly result: { readonly rows: number; readonly more: boolean };
}

/** What has to be known of results that were not read to their end: rows may be missing for that alone. */
export function cutWords(results: readonly Compared[]): string | undefined {
  const cut = results.filter(({ result }) => result.more);
  if (cut.length === 0) return undefined;
  const parts = cut.map(({ title, result }) => `the first ${counted(result.rows, 'row')} of ${title}`);
  return `Only ${parts.join(' and ')} are compared; there are more, which may stand here as added or removed.`;
}
