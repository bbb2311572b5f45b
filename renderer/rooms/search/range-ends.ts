import type { MetadataRange } from '../../../shared/contract/search.ts';
import { isDayText, isNumberText, metadataRange } from '../../../shared/contract/search-filter.ts';

/** What ranges are of. */
export type Ranged = 'numbers' | 'days';

const examples = { numbers: 'a number', days: 'a day such as 2024-05-31' };

/** A range of what was written, or what is wrong with an end; an empty end is open. */
export function rangeOf(
  from: string,
  to: string,
  of: Ranged,
): MetadataRange | { readonly wrong: 'from' | 'to'; readonly says: string } {
  const fits = of === 'numbers' ? isNumberText : isDayText;
  for (const [wrong, text] of [['from', from.trim()] as const, ['to', to.trim()] as const])
    if (text !== '' && !fits(text)) return { wrong, says: `“${text}” is not ${examples[of]}.` };
  const end = (text: string) => (of === 'numbers' ? exactly(text.trim()) : text.trim());
  const range = {
    ...(from.trim() === '' ? {} : { from: end(from) }),
    ...(to.trim() === '' ? {} : { to: end(to) }),
  };
  return metadataRange.safeParse(range).success
    ? range
    : { wrong: 'from', says: 'Give at least one of both ends.' };
}

/** A number that JavaScript would round stays as it is written. */
const exactly = (text: string): number | string => (String(Number(text)) === text ? Number(text) : text);
