import { typeFamily } from '../../../../shared/column.ts';
import type { Collection } from '../../../../shared/contract/search.ts';
import { useEngine } from '../../../use-engine.ts';

/** What a map can be coloured by: metadata, then the other columns of the table, vectors left out. */
export function useColourKeys({ table, metadataColumns }: Collection): readonly string[] {
  const { data } = useEngine('tables', 'list', {});
  const columns = data?.find(({ name }) => name === table)?.columns ?? [];
  const others = columns.filter(({ type }) => typeFamily(type) !== 'vector').map(({ name }) => name);
  return [...new Set([...metadataColumns, ...others])];
}
