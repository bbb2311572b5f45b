import type { Room } from '../../../shared/contract/index.ts';
import type { Context } from '../context.ts';

export function pipelinesRoom(_context: Context): Room<'pipelines'> {
  return {} as Room<'pipelines'>;
}
