import type { Relations } from './contract/relations.ts';
import { count, counted } from './number-words.ts';

/** What was not compared of a table, because it has too many columns; nothing where all was. */
export function uncomparedWords({ compared, leftOut, uncorrelated }: Relations): readonly string[] {
  const numbers = counted(uncorrelated, 'column');
  return [
    ...(leftOut > 0 ? [`${counted(leftOut, 'column')} beyond ${count(compared.length)} left out`] : []),
    ...(uncorrelated > 0 ? [`${numbers} of numbers or times not correlated`] : []),
  ];
}
