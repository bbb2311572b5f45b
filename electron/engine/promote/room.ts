import type { Room } from '../../../shared/contract/index.ts';
import type { Context } from '../context.ts';

export function promoteRoom(_context: Context): Room<'promote'> {
  return {} as Room<'promote'>;
}
