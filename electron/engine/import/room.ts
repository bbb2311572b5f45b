import type { Room } from '../../../shared/contract/index.ts';
import type { Context } from '../context.ts';

export function importRoom(_context: Context): Room<'import'> {
  return {} as Room<'import'>;
}
