import { sql } from '../../../../shared/sql.ts';
import { lexUnfinished } from '../../../../shared/sql-lexer.ts';
import type { Session } from '../../database/database.ts';
import { calledFrom, calledIn, readOwnCode } from './own-code.ts';

/** What a formula may do beyond computing a value of its row. */
export interface FunctionTraits {
  /** Gives another value each time it is asked, as random() does. */
  isVolatile(written: string): boolean;
  /** What in it may give another value at another time, as now() does too. */
  answersAnew(written: string): string | undefined;
  /** Makes several rows of one, or one of several. */
  changesRowCount(written: string): boolean;
  /** Makes several rows of one. */
  makesRows(written: string): boolean;
  /** A function in it that other servers lack: one of this workspace, or of an extension other than pgvector. */
  staysHere(written: string): string | undefined;
  /** True for the name of a function that people made here. */
  isOwn(name: string): boolean;
  /** The functions made here that it calls, by way of others, operators and casts too, as `name()` with a mark of their definition. */
  ownCalled(written: string): readonly (readonly [name: string, mark: string])[];
}

/** Reads from the catalog what functions do, those that people made included. */
export async function readFunctionTraits(session: Session): Promise<FunctionTraits> {
  const rows = await session.query<{ name: string; volatile: boolean; counts: boolean; makes: boolean }>(sql`
    select proname as name, bool_or(provolatile = 'v') as volatile, bool_or(proretset or prokind = 'a') as counts,
      bool_or(proretset) as makes
    from pg_proc where provolatile = 'v' or proretset or prokind = 'a' group by proname`);
  const own = await session.query<{ name: string; made: boolean }>(sql`
    select proname as name, bool_or(pronamespace = 'public'::regnamespace and not exists (
      select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')) as made
    from pg_proc p where pronamespace <> 'pg_catalog'::regnamespace and not exists (
      select from pg_depend d join pg_extension e on e.oid = d.refobjid
      where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e' and e.extname = 'vector')
    and proname not in (select proname from pg_proc where pronamespace = 'pg_catalog'::regnamespace)
    group by proname`);
  const code = await readOwnCode(session);
  const here = new Set(own.map(({ name }) => name));
  const made = new Set(own.flatMap(({ name, made: is }) => (is ? [name] : [])));
  const volatile = new Set(rows.filter((row) => row.volatile).map(({ name }) => name));
  const counting = new Set(rows.filter((row) => row.counts).map(({ name }) => name));
  const making = new Set(rows.filter((row) => row.makes).map(({ name }) => name));
  return {
    isVolatile: (written) => calledIn(written).some((name) => volatile.has(name)),
    answersAnew: (written) =>
      calledIn(written).find((name) => volatile.has(name) || clocks.has(name)) ??
      wordsIn(written).find((word) => clockWords.has(word)) ??
      clockLiteral(written) ??
      calledFrom(code, written).find((name) => code.functions.get(name)?.steady === false),
    changesRowCount: (written) => calledIn(written).some((name) => counting.has(name)),
    makesRows: (written) => calledIn(written).some((name) => making.has(name)),
    staysHere: (written) => calledIn(written).find((name) => here.has(name)),
    isOwn: (name) => made.has(name),
    ownCalled: (written) =>
      calledFrom(code, written).map((name) => [`${name}()`, code.functions.get(name)?.mark ?? ''] as const),
  };
}

/** A text that PostgreSQL may read as the time of the day it is asked; what stands for a result is only a text. */
function clockLiteral(written: string): string | undefined {
  const tokens = lexUnfinished(written).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const text = (at: number) => written.slice(tokens[at]?.start, tokens[at]?.stop);
  const at = tokens.findIndex(
    ({ kind }, index) =>
      kind === 'string' &&
      clockTexts.test(text(index)) &&
      !(index > 0 && /^(then|else)$/i.test(text(index - 1)) && text(index + 1) !== ':'),
  );
  return at < 0 ? undefined : text(at);
}

const clockTexts = /^([eu]?&?'|\$\w*\$)\s*(now|today|tomorrow|yesterday)(\s[\d\s:.]*)?('|\$\w*\$)$/i;

const clocks = new Set([
  'now',
  'transaction_timestamp',
  'statement_timestamp',
  'age',
  'txid_current_if_assigned',
]);
const clockWords = new Set([
  'current_date',
  'current_time',
  'current_timestamp',
  'localtime',
  'localtimestamp',
]);

const wordsIn = (written: string): string[] =>
  lexUnfinished(written)
    .filter(({ kind }) => kind === 'word')
    .map(({ start, stop }) => written.slice(start, stop).toLowerCase());
