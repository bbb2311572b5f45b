import type { Context } from '../context.ts';

/** Tells every room that shows tables of an import's changes. */
export function emitImported({ emit }: Context): void {
  for (const room of ['import', 'tables', 'pipelines', 'checks', 'search'] as const)
    emit({ event: 'changed', room });
}
