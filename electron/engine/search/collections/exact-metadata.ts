import type { FilterValue } from '../../../../shared/contract/search.ts';
import { isRange } from '../../../../shared/contract/search-filter.ts';
import { type Sql, sql } from '../../../../shared/sql.ts';

/** Numbers of fewer characters are exact in JavaScript. */
const surelyExact = 15;
/** Larger whole numbers are told as text wherever they are told, also those that happen to be exact. */
const largestExact = sql`9007199254740991`;

/** A jsonb value as it is told: a number that JavaScript would round becomes text. */
export const exactValue = (value: Sql): Sql => sql`
  case when jsonb_typeof(${value}) <> 'number' or length(${value}::text) <= ${surelyExact} then ${value}
    when abs(${value}::numeric) not between 1e-300 and ${largestExact} then to_jsonb(${value}::text)
    when ${value}::text::float8::text::numeric = ${value}::numeric then ${value}
    else to_jsonb(${value}::text) end`;

/** A document's metadata with every number exact. */
export const exactMetadata = (metadata: Sql): Sql => sql`
  (select coalesce(jsonb_object_agg(m.key, ${exactValue(sql`m.value`)}), '{}') from jsonb_each(${metadata}) as m)`;

/** A filter holds for documents that have each value; a number that was told as text finds the number, too. Ranges are held apart. */
export function metadataHas(filter: Readonly<Record<string, FilterValue>>): Sql[] {
  const written = Object.entries(filter)
    .filter(([, value]) => !isRange(value))
    .map(([key, value]) => [key, value, isRounded(value) ? value : undefined] as const);
  const plain = Object.fromEntries(written.filter(([, , number]) => number === undefined));
  return [
    ...(Object.keys(plain).length > 0 ? [sql`metadata @> ${JSON.stringify(plain)}::jsonb`] : []),
    ...written.flatMap(([key, value, number]) =>
      number === undefined
        ? []
        : [
            sql`(metadata @> ${JSON.stringify({ [key]: value })}::jsonb or metadata @> jsonb_build_object(${key}::text, ${number}::numeric))`,
          ],
    ),
  ];
}

/** Whether a text is a number that is told as text. */
const isRounded = (value: unknown): value is string =>
  typeof value === 'string' && value.length > surelyExact && /^-?\d+(\.\d+)?$/.test(value);
