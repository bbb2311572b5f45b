import type { Collection } from '../../../shared/contract/search.ts';
import type { Filter } from '../../../shared/view/filters.ts';
import { plainLook } from '../../../shared/view/look.ts';
import { engine } from '../../engine.ts';
import { toastProblem } from '../../ui/toast.tsx';
import { engineKey, queryClient } from '../../use-engine.ts';
import { openTab } from '../../workspace/tabs.ts';
import { placeOf, type Question } from './question.ts';

/** Opens a table at the rows that have one of these values; filters on other columns stay. */
export async function openFiltered(table: string, column: string, values: readonly string[]): Promise<void> {
  const before = (await engine.tables.look({ table })) ?? plainLook;
  const filter: Filter = { kind: 'values', column, values: [...values], not: false };
  const look = { ...before, filters: [...before.filters.filter((one) => one.column !== column), filter] };
  await engine.tables.keepLook({ table, look });
  queryClient.setQueryData(engineKey('tables', 'look', { table }), look);
  openTab({ kind: 'table', key: table, title: table });
}

/** Opens the rows of a drawn region or a topic in their table. */
export async function openPlace({ name, table }: Collection, question: Question): Promise<void> {
  try {
    const { column, keys } = await engine.search.keysIn(placeOf(name, question));
    await openFiltered(table, column, keys);
  } catch (thrown) {
    toastProblem(thrown, 'Not opened in the table');
  }
}
