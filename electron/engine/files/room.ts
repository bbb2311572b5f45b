import type { Room } from '../../../shared/contract/index.ts';
import type { Context } from '../context.ts';

export function filesRoom(_context: Context): Room<'files'> {
  return {} as Room<'files'>;
}
