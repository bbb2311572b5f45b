import type { Room } from '../../../shared/contract/index.ts';
import type { Context } from '../context.ts';

export function queryRoom(_context: Context): Room<'query'> {
  return {} as Room<'query'>;
}
