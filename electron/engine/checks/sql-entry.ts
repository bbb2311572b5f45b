import type { YAMLMap } from 'yaml';
import { z } from 'zod';
import type { CheckRule } from '../../../shared/contract/checks.ts';
import { neverFails } from '../../../shared/never-fails.ts';
import { ident, toText } from '../../../shared/sql.ts';
import { type Fault, spanOf } from './library-metric.ts';

/** A quality rule of the standard that is a SELECT of one value, as any tool may write it. */
const sqlEntry = z.looseObject({
  query: z.string().min(1),
  description: z.string().optional(),
  severity: z.string().optional(),
});

/** What the standard's placeholders stand for: the table and the column that the rule is at. */
function filled(query: string, table: string, column: string | null): string | undefined {
  const names: Readonly<Record<string, string | null>> = { object: table, table, property: column, column };
  let unknown = false;
  const text = query.replace(/\$?\{\s*(object|table|property|column)\s*\}/g, (_whole, word: string) => {
    const name = names[word];
    if (name) return toText(ident(name));
    unknown = true;
    return '';
  });
  return unknown ? undefined : text;
}

/** A SELECT of one value with what it has to be, as our kind, or why it is none. */
export function sqlRule(node: YAMLMap, table: string, column: string | null, id: string): CheckRule | Fault {
  const parsed = sqlEntry.safeParse(node.toJSON());
  if (!parsed.success) return { fault: 'it is no rule of the standard: its query cannot be read' };
  const span = spanOf(parsed.data, 'any');
  if ('fault' in span) return span;
  const query = filled(parsed.data.query, table, column);
  if (query === undefined)
    return { fault: 'it stands at no property, so that what its query calls the property is not known' };
  const { description, severity } = parsed.data;
  const onlyWarns = severity === 'warning' || severity === 'info';
  const bounds = { min: span.min ?? null, max: span.max ?? null, warnMin: null, warnMax: null };
  return {
    id,
    ...(description === undefined ? {} : { description }),
    kind: 'sql_value',
    params: { query, ...bounds },
    failAbove: onlyWarns ? neverFails(false) : 0,
  };
}
