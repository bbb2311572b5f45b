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

function listed(all: readonly string[]): string {
  const more = all.length - mostNamed;
  return `${all.slice(0, mostNamed).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
