import type { QueryFile } from '../../../../shared/contract/query.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import type { Surroundings } from '../plan/plan-pipeline.ts';
import { fileNode, knownAround, type Lineage, tableNode } from './pipeline-lineage.ts';
import { queryLineage } from './query-lineage.ts';
import { origin, type Reach } from './reach.ts';

/** What tables come from, and what else than pipelines uses them: files, views, queries, rules, collections, promotions. */
export const outsideLineage = async (
  session: Session,
  around: Surroundings,
  queries: readonly QueryFile[],
): Promise<readonly Lineage[]> => [
  importLineage(around),
  viewLineage(around),
  selectLineage(
    around,
    queries.map(({ name, text }) => [`query ${name}`, text]),
  ),
  await ruleLineage(session),
  await collectionLineage(session),
  await promotionLineage(session),
];

const ofTable = (table: string, columns: readonly string[]): Reach => ({
  value: new Set(columns.map((column) => origin(tableNode(table), column))),
  influence: new Set(),
});

/** Files, by the columns that were read of them. */
const importLineage = ({ tables }: Surroundings): Lineage =>
  new Map(
    [...tables.values()].flatMap(({ name, origin: from, source, columns }) =>
      from !== 'import' || source === null
        ? []
        : columns.map(({ name: column }): [string, Reach] => [
            origin(tableNode(name), column),
            { value: new Set([origin(fileNode(source), column)]), influence: new Set() },
          ]),
    ),
  );

const viewLineage = (around: Surroundings): Lineage =>
  selectLineage(
    around,
    [...around.views].map(([name, { definition }]) => [`view ${name}`, definition]),
  );

/** SELECTs by what they are called; what cannot be read has no columns. */
const selectLineage = (
  around: Surroundings,
  selects: readonly (readonly [node: string, text: string])[],
): Lineage =>
  new Map(
    selects.flatMap(([node, text]) =>
      (queryLineage(text, knownAround(around)) ?? []).map(([column, reach]): [string, Reach] => [
        origin(node, column),
        reach,
      ]),
    ),
  );

/** Rules that ran, by the columns they looked at. */
async function ruleLineage(session: Session): Promise<Lineage> {
  const rules = await session.query<{ table: string; columns: string[]; says: string }>(sql`
    select distinct table_name as "table", says,
      case when cardinality(columns) > 0 then columns when column_name is not null then array[column_name] else '{}' end as columns
    from assay.latest_findings`);
  return new Map(
    rules.map(({ table, columns, says }) => [origin(`check ${table}`, says), ofTable(table, columns)]),
  );
}

async function collectionLineage(session: Session): Promise<Lineage> {
  const collections = await session.query<{
    name: string;
    table: string;
    texts: string[];
    kept: string[];
  }>(sql`
    select name, table_name as "table", text_columns as texts, metadata_columns as kept from assay.collections`);
  return new Map(
    collections.flatMap(({ name, table, texts, kept }) => [
      [origin(`collection ${name}`, 'text'), ofTable(table, texts)] as const,
      ...kept.map((column) => [origin(`collection ${name}`, column), ofTable(table, [column])] as const),
    ]),
  );
}

/** What stands on targets, as receipts tell it: tables, views and collections with the columns that went. */
async function promotionLineage(session: Session): Promise<Lineage> {
  const promoted = await session.query<{ target: string; node: string; name: string; column: string }>(sql`
    select distinct p.target, replace(one->>'kind', 'materialized ', '') || ' ' || (one->>'table') as node,
      one->>'table' as name, part->>'name' as "column"
    from assay.promotions p, jsonb_array_elements(p.receipt->'tables') as one, jsonb_array_elements(one->'columns') as part
    where p.status <> 'rolled back'`);
  return new Map(
    promoted.map(({ target, node, name, column }) => [
      origin(`promotion ${target}`, `${name}.${column}`),
      { value: new Set([origin(node, column)]), influence: new Set() },
    ]),
  );
}
