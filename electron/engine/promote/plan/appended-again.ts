import type { AppendedAgain, RowCounts } from '../../../../shared/contract/promote.ts';
import type { Promotion } from '../apply.ts';
import { keysIn } from '../objects/keys-of-rules.ts';
import { standingRows } from '../objects/mode.ts';
import type { PromotedObject } from '../objects/objects.ts';
import type { Existing } from '../target/existing.ts';
import { asKey } from '../verify/checksums.ts';
import { sideHere, sideThere } from '../verify/evidence.ts';
import { comparableRules } from '../verify/rules-on-both.ts';
import { countRows } from './row-counts.ts';

/**
 * Rows that are appended although they stand there already, with other values: they were corrected here since, or there.
 * By the key that the settings name, that is there, or that the rules say; without one nothing tells them from new rows.
 */
export async function appendedAgain(
  { database, session, signal, rulesOf }: Pick<Promotion, 'database' | 'session' | 'signal' | 'rulesOf'>,
  object: PromotedObject,
  { carried }: Existing,
  counts: RowCounts | null,
  named: readonly string[] = [],
): Promise<AppendedAgain | null> {
  const table = object.source;
  const unique = carried.constraints.filter(({ kind }) => kind === 'p' || kind === 'u');
  const rules = keysIn(object, comparableRules(object, rulesOf)).map(({ columns }) => columns);
  const known = [named, ...unique.map(({ columns }) => columns), ...rules];
  const by = known.find((key) => key.length > 0 && key.every((name) => isSent(object, name)));
  if (!by) {
    const maybe = Math.min(counts?.added ?? 0, counts?.removed ?? 0);
    return maybe > 0 ? { table, by: [], rows: maybe, refused: false } : null;
  }
  const key = object.columns.filter(({ name }) => by.includes(name)).map(asKey);
  const [here, there] = [sideHere(database, object, signal), sideThere(session, standingRows(object))];
  const changed = (await countRows(here, there, object.columns, key))?.changed ?? 0;
  const refused = unique.some(({ columns }) => columns.every((name) => by.includes(name)));
  return changed > 0 ? { table, by: [...by], rows: changed, refused } : null;
}

const isSent = ({ columns, hidden }: PromotedObject, name: string) =>
  columns.some((column) => column.name === name) && !hidden.includes(name);
