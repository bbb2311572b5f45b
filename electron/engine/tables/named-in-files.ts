import { checks, steps } from '../../../shared/registry.ts';
import { tableUses } from '../../../shared/table-uses.ts';

/** A way into a YAML document. */
export type Place = readonly (string | number)[];

/** Where a pipeline's steps name a table. */
export function placesInPipeline(content: unknown, table: string): readonly Place[] {
  const found = (content as { steps?: unknown } | null)?.steps;
  if (!Array.isArray(found)) return [];
  return found.flatMap((step: { kind?: unknown; params?: Record<string, unknown> } | null, at) =>
    tableUses(steps.get(String(step?.kind))?.params ?? {}, step?.params)
      .filter((use) => use.table === table)
      .map(({ param }) => ['steps', at, 'params', param]),
  );
}

/** Where a recipe says which table it makes. */
export const tableOfRecipe = (content: unknown, table: string): readonly Place[] =>
  (content as { table?: unknown } | null)?.table === table ? [['table']] : [];

/** Where a file of rules is about a table: an entry of `schema`, as the Open Data Contract Standard has it, by its physical name or its name. */
export function entriesOfTable(content: unknown, table: string): readonly Place[] {
  const { schema } = (content ?? {}) as { schema?: unknown };
  if (!Array.isArray(schema)) return [];
  return schema.flatMap((entry: { name?: unknown; physicalName?: unknown } | null, at) => {
    const physical = entry?.physicalName;
    if (typeof physical !== 'string' || physical.trim() === '')
      return entry?.name === table ? [['schema', at, 'name']] : [];
    return physical.replace(/^([^.]+\.)+/, '') === table ? [['schema', at, 'physicalName']] : [];
  });
}

/** Where rules, of whichever table, and relationships, as the standard has them, refer to a table. */
export function referencesInRules(content: unknown, table: string, way: Place = []): readonly Place[] {
  if (typeof content === 'string')
    return way.includes('relationships') && tableInReference(content, table) !== undefined ? [way] : [];
  if (typeof content !== 'object' || content === null) return [];
  const { kind, params } = content as { kind?: unknown; params?: Record<string, unknown> };
  const here = tableUses(checks.get(String(kind))?.params ?? {}, params ?? {})
    .filter((use) => use.table === table)
    .map(({ param }) => [...way, 'params', param]);
  const inside = Object.entries(content).flatMap(([key, value]) =>
    referencesInRules(value, table, [...way, Array.isArray(content) ? Number(key) : key]),
  );
  return [...here, ...inside];
}

/** Where in a reference a table is named: `customers.id`, `public.customers.id`, or `/schema/customers/properties/id`. */
export function tableInReference(written: string, table: string): number | undefined {
  const start = written.lastIndexOf('#') + 1;
  const path = written.slice(start);
  const [before] =
    /^\/?(schema\/)?(?=[^/]+\/properties\/.)/.exec(path) ?? /^(public\.)?(?=[^.]+\..)/.exec(path) ?? [];
  if (before === undefined || !path.startsWith(table, before.length)) return undefined;
  const rest = path.slice(before.length + table.length);
  return /^(\/properties\/|\.)./.test(rest) ? start + before.length : undefined;
}
