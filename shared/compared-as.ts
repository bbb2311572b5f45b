import { type TypeFamily, typeFamily } from './column.ts';

const byFamily: Partial<Record<TypeFamily, string>> = {
  integer: 'numeric',
  decimal: 'numeric',
  float: 'double precision',
  date: 'date',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  interval: 'interval',
  uuid: 'uuid',
};

/**
 * The type by which a column of `type` is compared with what a person wrote: without a precision that would round
 * or cut the written value, and `text` where the type has nothing better.
 */
export function comparedAs(type: string): string {
  const family = typeFamily(type);
  if (family === 'time') return type.replace(/\(\d+\)/, '');
  return byFamily[family] ?? 'text';
}
