import { problem } from '../../../../shared/problem.ts';
import type { PromotedObject } from './objects.ts';

const known =
  /^("char"|bigint|bit( varying)?|boolean|bytea|character( varying)?|cidr|date|double precision|inet|integer|interval|jsonb?|macaddr8?|money|name|numeric|oid|real|smallint|text|time(stamp)?|tsquery|tsvector|uuid|vector|halfvec|sparsevec|xml|(int4|int8|num|ts|tstz|date)(multi)?range)(?![\w.])/;

/** The first column of a type that people made here (enums, domains, rows of tables), which is not made there. */
export const ofOwnType = (columns: PromotedObject['columns']) =>
  columns.find(({ type }) => !known.test(type));

/** Types that people made here are not made there. */
export function refuseOwnTypes(table: string, columns: PromotedObject['columns']): void {
  const strange = ofOwnType(columns);
  if (!strange) return;
  throw problem(
    'bad_input',
    `Column "${strange.name}" of ${table} has the type ${strange.type}, made in this workspace or unknown to promotions.`,
    {
      hint: 'Change it to one of PostgreSQL’s own types, such as text, and promote again.',
      at: { table, column: strange.name },
    },
  );
}
