import type { AppendedAgain } from './contract/promote.ts';
import { counted } from './number-words.ts';

/** What of a table would stand there twice, and what to do instead. */
export function againInWords({ by, rows, refused }: AppendedAgain): string {
  const many = counted(rows, 'row');
  if (by.length === 0)
    return `Up to ${many} of the new ones may be corrected since ${rows === 1 ? 'it was' : 'they were'} appended: no key tells, and corrected rows stand there twice. Name a key and merge to replace them.`;
  const key = by.join(', ');
  const stands =
    rows === 1 ? 'stands there already with other values' : 'stand there already with other values';
  return refused
    ? `${many} (by ${key}) ${stands}, and ${key} is unique there: appending is refused. Merge by ${key} replaces them.`
    : `${many} of the new ones (by ${key}) ${stands}, and would be there twice. Merge by ${key} replaces them.`;
}
