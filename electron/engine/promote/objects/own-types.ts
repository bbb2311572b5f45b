import { problem } from '../../../../shared/problem.ts';
import type { PromotedObject } from './objects.ts';

/** Types that people made here (enums, domains) are not made there. */
export function refuseOwnTypes(table: string, columns: PromotedObject['columns']): void {
  const known =
    /^("char"|bigint|bit|boolean|bytea|char|cidr|date|double|inet|integer|interval|json|macaddr|money|name|numeric|oid|real|smallint|text|time|tsquery|tsvector|uuid|vector|halfvec|xml|\w+range)/;
  const strange = columns.find(({ type }) => !known.test(type));
  if (!strange) return;
  throw problem(
    'bad_input',
    `Column "${strange.name}" of ${table} has the type ${strange.type}, made in this workspace.`,
    {
      hint: 'Change it to one of PostgreSQL’s own types, such as text, and promote again.',
      at: { table, column: strange.name },
    },
  );
}
