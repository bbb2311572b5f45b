import type { RowCounts } from '../../../../shared/contract/promote.ts';
import { counted } from '../../../../shared/number-words.ts';
import { columnsOnTarget } from '../objects/mode.ts';
import type { PromotedObject } from '../objects/objects.ts';
import type { Existing } from '../target/existing.ts';

/** Beyond so many the SQL tells the rest. */
const mostNamed = 12;

/** Columns that a table gets, and those that become of another type; what it loses is told apart. */
export function columnsInWords(object: PromotedObject, { carried }: Existing): readonly string[] {
  const there = new Map(carried.columns.map(({ name, type }) => [name, type]));
  const own = columnsOnTarget(object);
  const added = own.flatMap(({ name, type }) => (there.has(name) ? [] : [`${name} ${type}`]));
  const retyped = own.flatMap(({ name, type }) => {
    const was = there.get(name) ?? type;
    return was === type ? [] : [`${name} from ${was} to ${type}`];
  });
  return [
    ...(added.length > 0 ? [`New columns: ${listed(added)}.`] : []),
    ...(retyped.length > 0 ? [`Types change: ${listed(retyped)}.`] : []),
  ];
}

/** What is masked from now on is masked in all that stays: told with how many rows those are, as far as the other columns say. */
export function maskedInWords(
  { mode, plainThere = [] }: PromotedObject,
  there: number,
  counts: RowCounts | null,
): string[] {
  if (plainThere.length === 0) return [];
  const columns = plainThere.map(({ name }) => name).join(', ');
  const staying = mode === 'scd2' ? there - (counts?.same ?? 0) : (counts?.removed ?? there);
  const rows = counts === null ? `up to ${counted(staying, 'row')}` : counted(staying, 'row');
  return [
    `In the rows that stay there (${rows}) ${columns} is masked, too; compared here without ${plainThere.length === 1 ? 'it' : 'them'}.`,
  ];
}

function listed(all: readonly string[]): string {
  const more = all.length - mostNamed;
  return `${all.slice(0, mostNamed).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
