import type { Room } from '../../../shared/contract/index.ts';
import type { Context } from '../context.ts';

export function searchRoom(_context: Context): Room<'search'> {
  return {} as Room<'search'>;
}
