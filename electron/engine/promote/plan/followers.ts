import { counted } from '../../../../shared/number-words.ts';
import type { CarriedColumn } from '../target/carried.ts';
import type { Existing } from '../target/existing.ts';

/** What of the old table the new one keeps, and what will look at it, in words. */
export function followers({ views, incoming, carried }: Existing): string[] {
  const named = (has: (column: CarriedColumn) => boolean) =>
    carried.columns.filter(has).map(({ name }) => name);
  const collated = named(({ collation }) => collation !== null);
  const set = named(({ settings }) => settings.length > 0);
  const kept = [
    ...(carried.constraints.length > 0 ? [counted(carried.constraints.length, 'constraint')] : []),
    ...(carried.indexes.length > 0
      ? [`${carried.indexes.length} ${carried.indexes.length === 1 ? 'index' : 'indexes'}`]
      : []),
    ...(carried.triggers.length > 0 ? [counted(carried.triggers.length, 'trigger')] : []),
    ...(carried.policies.length > 0
      ? [`row security (${carried.policies.map(({ name }) => name).join(', ')})`]
      : []),
    ...(collated.length > 0 ? [`the collation of ${collated.join(', ')}`] : []),
    ...(set.length > 0
      ? [`how ${set.join(', ')} ${set.length === 1 ? 'is' : 'are'} stored and analyzed`]
      : []),
    ...(carried.unlogged ? ['being unlogged'] : []),
    ...(carried.grants.length > 0 ? [counted(carried.grants.length, 'grant')] : []),
  ];
  return [
    ...(kept.length > 0 ? [`Kept: ${kept.join(', ')}.`] : []),
    ...(views.length > 0 ? [`${counted(views.length, 'view')} on it will show the new rows.`] : []),
    ...(incoming.length > 0
      ? [`${counted(incoming.length, 'foreign key')} of other tables will point at it.`]
      : []),
  ];
}
