import { addMade } from '../../checks/remembered-privacy.ts';
import type { Session } from '../../database/database.ts';
import type { CollectionRecord } from '../collections/collections.ts';

/**
 * Notes of which columns a written one was learnt: the collection's texts or vectors, by which rows are like one another,
 * and those whose values were carried over. It is private where one of these is.
 */
export function noteLearnt(
  session: Session,
  { table, textColumns, vectorColumn }: CollectionRecord,
  column: string,
  carried: readonly string[] = [],
): Promise<void> {
  const vectors = vectorColumn === null ? [] : [vectorColumn];
  const from = new Set([...textColumns, ...vectors, ...carried]);
  return addMade(
    session,
    [...from].map((one) => ({ table, column, from: { table, column: one } })),
  );
}
