import { named } from '../../../../shared/by-name.ts';
import type { PromotedTable } from '../../../../shared/contract/promote.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { ident, type Sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import type { Promotion } from '../apply.ts';
import { writePlainly } from '../connection/plain-texts.ts';
import type { TargetSession } from '../connection/target-session.ts';
import type { SentSums } from '../load/load.ts';
import { columnsThere } from '../objects/column-list.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { maskedOf } from '../objects/private-columns.ts';
import { kindThere } from '../target/ledger.ts';
import { keyOf } from '../target/target-state.ts';
import { type ChecksumAnswer, type Checksums, checksumQuery, readChecksums } from './checksums.ts';
import { compareNeighbours } from './neighbours.ts';
import { firstDifferences, type Side, withoutValues } from './row-differences.ts';
import { type BadRows, badRowsHere, badRowsThere, comparableRules } from './rules-on-both.ts';

/** Checksums of an object in this workspace. */
async function checksumsHere(
  database: Database,
  object: PromotedObject,
  signal: AbortSignal,
): Promise<Checksums> {
  const statement = checksumQuery(object.from, object.columns, 'embedded');
  const answer = await database.use(
    { title: `Comparing ${object.name}`, priority: 'background', signal },
    async (session) => {
      await writePlainly(session);
      return session.one<ChecksumAnswer>(statement);
    },
  );
  return readChecksums(object.columns, answer);
}

/** Where an object's rows are on the target: in the table of a schema, all of them or those that stand for the rows here. */
export interface PlaceThere {
  readonly schema: string;
  readonly from: Sql;
}

/** A whole table. */
export const wholeTable = ({ name }: PromotedObject, schema: string): PlaceThere => ({
  schema,
  from: ident(schema, name),
});

/** Checksums of the object's rows on the target. */
async function checksumsThere(
  session: TargetSession,
  object: PromotedObject,
  { schema, from }: PlaceThere,
): Promise<Checksums> {
  const columns = await presentOf(session, object, schema);
  const [answer] = await session.query<ChecksumAnswer>(checksumQuery(from, columns, 'server'));
  return readChecksums(columns, answer as ChecksumAnswer);
}

/** The object's columns that are there, of the types that they have there. */
async function presentOf(session: TargetSession, { columns, name }: PromotedObject, schema: string) {
  const present = await columnsThere(session, schema, name);
  return present.filter((column) => columns.some((own) => own.name === column.name));
}

/**
 * Checksums, rules and neighbours on both sides; `where` says where an object is on the target, `sent`
 * gives checksums that were taken here while the rows were read.
 */
export async function gatherEvidence(
  promotion: Promotion,
  where: (object: PromotedObject) => PlaceThere,
  sent: SentSums = new Map(),
): Promise<readonly PromotedTable[]> {
  const { session, objects, rulesOf, signal, progress } = promotion;
  const rulesThere = await badRowsThere(session, objects, where, rulesOf);
  const evidence: PromotedTable[] = [];
  for (const object of objects) {
    signal.throwIfAborted();
    const done = evidence.length;
    progress({ title: `Comparing ${object.name}`, done, total: objects.length, unit: 'tables' });
    evidence.push(
      await compareOne(promotion, object, where(object), rulesThere.get(object.name) ?? new Map(), sent),
    );
  }
  return evidence;
}

async function compareOne(
  { database, session, rulesOf, signal }: Promotion,
  object: PromotedObject,
  place: PlaceThere,
  rulesThere: BadRows,
  sent: SentSums,
): Promise<PromotedTable> {
  const rules = object.kind !== 'collection' ? comparableRules(object, rulesOf) : [];
  const [checksums, serverChecksums] = await Promise.all([
    sent.get(keyOf(object)) ?? checksumsHere(database, object, signal),
    checksumsThere(session, object, place),
  ]);
  const rulesHere = await badRowsHere(database, object, rules, signal);
  const table = compare(object, checksums, serverChecksums, rulesHere, rulesThere);
  const sides = [sideHere(database, object, signal), sideThere(session, place.from)] as const;
  if (table.checksumsEqual) {
    return { ...table, differences: [], neighbours: await compareNeighbours(object, ...sides) };
  }
  const present = await presentOf(session, object, place.schema);
  const common = object.columns.filter(({ name, type }) =>
    present.some((column) => column.name === name && column.type === type),
  );
  const found = await firstDifferences(...sides, common);
  const differences = found.map((one) => withoutValues(one, object.shy ?? []));
  return { ...table, differences, neighbours: null };
}

/** This workspace as one side of a comparison. */
export function sideHere(database: Database, object: PromotedObject, signal: AbortSignal): Side {
  const turn = { title: `Comparing ${object.name}`, priority: 'background' as const, signal };
  return {
    from: object.from,
    query: <Row>(statement: Sql) =>
      database.use(turn, async (session) => {
        await writePlainly(session);
        return session.query<Row>(statement);
      }),
  };
}

/** The target as the other. */
export const sideThere = (session: TargetSession, from: Sql): Side => ({
  from,
  query: (statement) => session.query(statement),
});

function onBothSides(
  check: string,
  here: number | Problem,
  there: number | Problem | null,
): PromotedTable['checks'][number] {
  const bad = (found: typeof there) => (typeof found === 'number' ? found : null);
  const [failed] = [here, there].filter((found) => typeof found === 'object' && found !== null);
  return {
    check,
    badRows: bad(here),
    serverBadRows: bad(there),
    ...(failed ? { why: failed.message } : {}),
  };
}

/** What both sides say, side by side. */
export function compare(
  object: PromotedObject,
  here: Checksums,
  there: Checksums,
  rulesHere: BadRows,
  rulesThere: BadRows,
): Omit<PromotedTable, 'differences' | 'neighbours'> {
  const columns = Object.entries(here.byColumn).map(([name, checksum]) => ({
    name,
    checksum,
    serverChecksum: named(there.byColumn, name) ?? '',
  }));
  const checks = [...rulesHere].map(([check, found]) =>
    onBothSides(check, found, rulesThere.get(check) ?? null),
  );
  return {
    table: object.name,
    kind: kindThere(object),
    ...(object.made ? { madeBy: object.made.by } : {}),
    ...(maskedOf(object).length > 0 ? { masked: maskedOf(object) } : {}),
    rows: here.rows,
    serverRows: there.rows,
    checksumsEqual:
      here.rows === there.rows && columns.every((column) => column.checksum === column.serverChecksum),
    checksEqual:
      checks.length === 0
        ? null
        : checks.every(({ badRows, serverBadRows }) => badRows !== null && badRows === serverBadRows),
    columns,
    checks,
  };
}
