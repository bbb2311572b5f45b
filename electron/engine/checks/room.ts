import type { Room } from '../../../shared/contract/index.ts';
import type { Context } from '../context.ts';

export function checksRoom(_context: Context): Room<'checks'> {
  return {} as Room<'checks'>;
}
