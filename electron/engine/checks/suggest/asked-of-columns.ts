import type { FieldKind } from '../../../../shared/params.ts';
import { checks } from '../../../../shared/registry.ts';

/** Parameters that say what a rule is about; the others hold what was read out of the data, and differ with each load. */
const asking: ReadonlySet<FieldKind> = new Set([
  'column',
  'columns',
  'table',
  'choice',
  'expression',
  'query',
]);

/** What a rule of a kind asks, whatever limits and values it asks it with; undefined where the kind is none of ours. */
export function askedOfColumns(kind: string, params: Readonly<Record<string, unknown>>): string | undefined {
  const shape = checks.get(kind)?.params;
  if (!shape) return undefined;
  const asked = Object.entries(shape).filter(([, { is }]) => asking.has(is));
  return JSON.stringify([kind, asked.map(([name, { initial }]) => params[name] ?? initial)]);
}
