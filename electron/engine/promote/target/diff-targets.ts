import { named } from '../../../../shared/by-name.ts';
import { userColumns } from '../../../../shared/column.ts';
import type { TargetDiff, TargetDifference } from '../../../../shared/contract/promote.ts';
import { ident } from '../../../../shared/sql.ts';
import type { Context } from '../../context.ts';
import { connect, targetOf } from '../connection/connect.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { columnsThere } from '../objects/column-list.ts';
import { schemaOn } from '../objects/objects.ts';
import { type ChecksumAnswer, checksumQuery, readChecksums, wholeRow } from '../verify/checksums.ts';
import { newestNotes } from './drift.ts';
import { type Noted, standing } from './ledger.ts';

/** One of the two targets that are compared. */
interface Asked {
  readonly target: string;
  readonly password?: string | undefined;
}

/** What was promoted to two targets, side by side as it is there now; changes nothing on either. */
export async function diffTargets(
  context: Context,
  [first, second]: readonly [Asked, Asked],
  signal: AbortSignal,
): Promise<TargetDiff> {
  const one = await connect(context, first, signal, true);
  try {
    const other = await connect(context, second, signal, true);
    try {
      const schemas = [await schemasOf(context, first), await schemasOf(context, second)] as const;
      const objects = await compareAll([one, schemas[0]], [other, schemas[1]]);
      return { targets: [first.target, second.target], same: objects.every(({ same }) => same), objects };
    } finally {
      await other.close();
    }
  } finally {
    await one.close();
  }
}

/** Several environments may share one database. */
async function schemasOf(context: Context, { target }: Asked): Promise<readonly string[]> {
  const { schema } = await targetOf(context, target);
  return [schemaOn(schema, 'table'), schemaOn(schema, 'collection')];
}

type Side = readonly [TargetSession, readonly string[]];

async function compareAll(first: Side, second: Side): Promise<readonly TargetDifference[]> {
  const [notes, otherNotes] = [await promotedTo(first), await promotedTo(second)];
  const [[one], [other]] = [first, second];
  const found: TargetDifference[] = [];
  for (const key of [...new Set([...notes.keys(), ...otherNotes.keys()])].sort()) {
    const [here, there] = [await lookAt(one, notes.get(key)), await lookAt(other, otherNotes.get(key))];
    const { kind, name } = (notes.get(key) ?? otherNotes.get(key)) as Noted;
    const columns = here && there ? differing(here, there) : [];
    found.push({
      ...{ object: name, kind, columns, same: here !== null && there !== null && columns.length === 0 },
      sides: [here && sideOf(here), there && sideOf(there)],
    });
  }
  return found;
}

/** By kind and name: the schema is the environment's own. */
async function promotedTo([session, schemas]: Side): Promise<ReadonlyMap<string, Noted>> {
  const notes = [...newestNotes(await standing(session)).values()].filter(({ to }) => schemas.includes(to));
  return new Map(
    notes.map((noted) => [`${noted.kind === 'collection' ? 'collection' : 'table'} ${noted.name}`, noted]),
  );
}

interface Seen {
  readonly since: string;
  readonly rows: number;
  /** Type and checksum by column. */
  readonly columns: ReadonlyMap<string, string>;
}

async function lookAt(session: TargetSession, noted: Noted | undefined): Promise<Seen | null> {
  if (!noted) return null;
  const columns = userColumns(await columnsThere(session, noted.to, noted.name));
  if (columns.length === 0) return null;
  const [answer] = await session.query<ChecksumAnswer>(
    checksumQuery(ident(noted.to, noted.name), columns, 'server'),
  );
  const { rows, byColumn } = readChecksums(columns, answer as ChecksumAnswer);
  const told = columns.map(({ name, type }) => [name, `${type} ${named(byColumn, name)}`] as const);
  return { since: noted.at, rows, columns: new Map([...told, [wholeRow, byColumn[wholeRow] ?? '']]) };
}

/** Columns whose type or values are others; whole rows only where nothing else tells. */
function differing(one: Seen, other: Seen): readonly string[] {
  const names = [...new Set([...one.columns.keys(), ...other.columns.keys()])];
  const others = names.filter((name) => one.columns.get(name) !== other.columns.get(name));
  const named = others.filter((name) => name !== wholeRow);
  return named.length > 0 ? named : others;
}

const sideOf = ({ since, rows }: Seen) => ({ since, rows });
