import { rowColumn } from '../../../shared/column.ts';
import { problem } from '../../../shared/problem.ts';
import { checks } from '../../../shared/registry.ts';
import { ident, sql, toText } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { knownAround, tableNode } from '../pipelines/lineage/pipeline-lineage.ts';
import { queryLineage } from '../pipelines/lineage/query-lineage.ts';
import { origin, originOf } from '../pipelines/lineage/reach.ts';
import type { Scope } from '../pipelines/lineage/scope.ts';
import { readSurroundings, type Surroundings } from '../pipelines/plan/plan-pipeline.ts';
import { loadParser } from '../pipelines/sql/read-relations.ts';
import type { CheckedTable } from './checked-table.ts';
import type { Planned } from './measure-rules.ts';

/** Plans without those whose query yields the addresses of another table's rows: the same numbers are other rows here. */
export async function withoutForeignRows(
  session: Session,
  { name }: CheckedTable,
  planned: readonly Planned[],
): Promise<readonly Planned[]> {
  const asked = planned.map(({ rule }) => checks.get(rule.kind)?.yieldsRows?.(rule.params as never));
  if (asked.every((query) => query === undefined)) return planned;
  await loadParser();
  const known = withRows(await readSurroundings(session));
  const rowsOf = (select: string) =>
    queryLineage(select, known)?.find(([column]) => column === rowColumn)?.[1].value ?? new Set<string>();
  const own = new Set([
    origin(tableNode(name), rowColumn),
    ...rowsOf(toText(sql`select ${ident(rowColumn)} from ${ident(name)}`)),
  ]);
  return planned.map((one, at) => {
    const found = [...rowsOf(asked[at] ?? '')];
    const [first] = found;
    const foreign = first !== undefined && found.every((of) => !own.has(of) && originOf(of)[1] === rowColumn);
    return foreign && one.plan.by === 'query' ? { ...one, plan: refused(name, first) } : one;
  });
}

/** The columns of tables and views, the addresses of their rows among them. */
function withRows(around: Surroundings): Scope['known'] {
  const known: Scope['known'] = (schema, relation) => {
    const view = schema === undefined || schema === 'public' ? around.views.get(relation) : undefined;
    if (view) return queryLineage(view.definition, known);
    const columns = knownAround(around)(schema, relation);
    const value = new Set([origin(tableNode(relation), rowColumn)]);
    return columns && [...columns, [rowColumn, { value, influence: new Set<string>() }] as const];
  };
  return known;
}

function refused(name: string, of: string): Planned['plan'] {
  const other = originOf(of)[0].replace(/^table /, '');
  const message = `The ${rowColumn} that the query yields is that of "${other}", not of "${name}".`;
  const hint = `The same numbers are other rows here: let it yield ${rowColumn} of "${name}", or make the rule one on "${other}".`;
  return { by: 'nothing', problem: problem('bad_input', message, { hint }).problem };
}
