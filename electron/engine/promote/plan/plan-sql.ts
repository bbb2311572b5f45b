import { counted } from '../../../../shared/number-words.ts';
import { type Sql, sql, toText } from '../../../../shared/sql.ts';
import { blending } from '../load/blend.ts';
import { relationsOf } from '../load/relations.ts';
import { keysOf, preparation, swap } from '../load/swap.ts';
import { makeThere } from '../objects/made-there.ts';
import { inMakingOrder, type PromotedObject } from '../objects/objects.ts';
import { stagingSchema } from '../target/ledger.ts';
import type { TargetState } from '../target/target-state.ts';

/** The plan as SQL for people: what is run, with a note where rows are copied. */
export function planAsSql(objects: readonly PromotedObject[], state: TargetState): string {
  const staging = 'plan';
  const write = (statements: readonly Sql[]) =>
    statements.map((statement) => `${toText(statement)};`).join('\n');
  const copies = inMakingOrder(objects)
    .map((object) => {
      const schema = stagingSchema(staging, object);
      if (object.made) return write(makeThere(staging, object, object.made));
      return `-- binary COPY of ${counted(object.rows, 'row')} into ${schema}."${object.name}"`;
    })
    .join('\n');
  const keys = [
    ...objects.flatMap((object) => keysOf(object, state, staging)),
    ...relationsOf(objects, state, staging),
  ];
  const joined = objects
    .filter(({ mode }) => mode !== 'replace')
    .flatMap((object) => blending(object, state, staging));
  return [
    `-- 1. Prepare\n${write(preparation(objects, state, staging))}`,
    `-- 2. Load\n${copies}`,
    ...(joined.length > 0 ? [`-- 3. Compare, then join with the rows that stay\n${write(joined)}`] : []),
    `-- ${joined.length > 0 ? 4 : 3}. Keys and indexes\n${write(keys)}`,
    `-- ${joined.length > 0 ? 5 : 4}. Compare every checksum, check and sampled neighbour; only then\n` +
      write([sql`begin`, ...swap(objects, state, staging, 'this promotion'), sql`commit`]),
  ].join('\n\n');
}
