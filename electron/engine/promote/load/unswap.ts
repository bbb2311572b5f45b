import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import { keptSchema, type Noted, wordOf } from '../target/ledger.ts';
import { keyOf, type Place, type TargetState } from '../target/target-state.ts';
import { movedPartitions } from './partitions.ts';
import { regained, released } from './relations.ts';
import { pointAnew, viewAnew } from './swap.ts';

/** Where the promoted tables go when a promotion is undone. */
export const undoneSchema = (id: string, { kind }: Pick<Undone, 'kind'>): string =>
  `assay_undone_${id.replaceAll('-', '').slice(0, 16)}_${kind === 'collection' ? 'collections' : 'tables'}`;

type Undone = Place & Pick<Noted, 'kind' | 'replaced' | 'place' | 'released'>;

/** The way back: what was replaced returns with all it had, what was new goes, except what is to stay aside. */
export function unswap(
  promoted: readonly Undone[],
  state: TargetState,
  id: string,
  aside: readonly Undone[],
): Sql[] {
  const back = promoted.filter(({ replaced }) => replaced);
  const kept = new Set(back.map((entry) => keptSchema(id, entry)));
  const doomed = promoted.filter((entry) => !aside.includes(entry));
  const schemas = [...new Set(promoted.map((entry) => undoneSchema(id, entry)))];
  const emptied = schemas.filter((schema) => !aside.some((entry) => undoneSchema(id, entry) === schema));
  const own = new Set(promoted.flatMap((entry) => state.existing.get(keyOf(entry))?.oid ?? []));
  const outward = (entry: Undone) =>
    foreignOf(entry, state).filter(({ other }) => other === null || !own.has(other));
  const dependents = back.flatMap((entry) => {
    const { views = [], incoming = [] } = state.existing.get(keyOf(entry)) ?? {};
    return [...incoming.flatMap(pointAnew), ...views.map(viewAnew)];
  });
  return [
    ...schemas.map((schema) => sql`create schema ${ident(schema)}`),
    ...promoted.flatMap((entry) => [
      ...(state.existing.get(keyOf(entry))?.partitioned
        ? [movedPartitions(entry, undoneSchema(id, entry))]
        : []),
      sql`alter table ${ident(entry.to, entry.name)} set schema ${ident(undoneSchema(id, entry))}`,
    ]),
    ...back.flatMap((entry) => {
      const kept = { to: keptSchema(id, entry), name: entry.name };
      return [
        ...(isTable(entry) ? [movedPartitions(kept, entry.to)] : []),
        sql`alter table ${ident(kept.to, kept.name)} set schema ${ident(entry.to)}`,
        ...regained(entry, entry.released ?? outward(entry)),
      ];
    }),
    ...aside.flatMap((entry) =>
      released({ to: undoneSchema(id, entry), name: entry.name }, foreignOf(entry, state)),
    ),
    ...dependents,
    ...dropAll(doomed, id),
    ...[...emptied, ...kept].map((schema) => sql`drop schema ${ident(schema)}`),
  ];
}

const isTable = ({ kind }: Undone) => kind === 'table' || kind === 'collection';

const foreignOf = (entry: Undone, { existing }: TargetState) => existing.get(keyOf(entry))?.foreign ?? [];

/** Views before what they are made of; then the tables at once, because they may point at one another. */
function dropAll(doomed: readonly Undone[], id: string): Sql[] {
  const at = (entry: Undone) => ident(undoneSchema(id, entry), entry.name);
  const views = doomed.filter((entry) => !isTable(entry)).sort((a, b) => b.place - a.place);
  const tables = doomed.filter(isTable);
  return [
    ...views.map((entry) => sql`drop ${wordOf(entry.kind)} ${at(entry)}`),
    ...(tables.length > 0 ? [sql`drop table ${join(tables.map(at))}`] : []),
  ];
}
