import type { Room } from '../../../shared/contract/index.ts';
import type { Context } from '../context.ts';

export function tablesRoom(_context: Context): Room<'tables'> {
  return {} as Room<'tables'>;
}
