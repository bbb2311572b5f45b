import { sql } from '../../../shared/sql.ts';
import { lexUnfinished } from '../../../shared/sql-lexer.ts';
import type { Session } from '../database/database.ts';

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
  /** The functions made here that it calls, by way of others too, as `name()` with a mark of their definition. */
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
  const texts = await ownDefinitions(session);
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
      calledFrom(texts, written).find((name) => texts.get(name)?.steady === false),
    changesRowCount: (written) => calledIn(written).some((name) => counting.has(name)),
    makesRows: (written) => calledIn(written).some((name) => making.has(name)),
    staysHere: (written) => calledIn(written).find((name) => here.has(name)),
    isOwn: (name) => made.has(name),
    ownCalled: (written) =>
      calledFrom(texts, written).map((name) => [`${name}()`, texts.get(name)?.mark ?? ''] as const),
  };
}

interface OwnFunction {
  readonly definition: string;
  readonly mark: string;
  /** Gives the same for the same arguments, whatever tables hold. */
  readonly steady: boolean;
}

/** The functions that people made here, by name; an aggregate is told by the functions it is made of. */
async function ownDefinitions(session: Session): Promise<ReadonlyMap<string, OwnFunction>> {
  const rows = await session.query<OwnFunction & { name: string }>(sql`
    select name, string_agg(text, ' ' order by text) as definition, md5(string_agg(text, ' ' order by text)) as mark,
      bool_and(steady) as steady
    from (
      select p.proname as name, p.provolatile = 'i' as steady,
        case when p.prokind = 'a' then concat_ws(' ', aggtransfn::text || '()', aggfinalfn::text || '()', agginitval)
          else pg_get_functiondef(p.oid) end as text
      from pg_proc p left join pg_aggregate a on a.aggfnoid = p.oid
      where p.pronamespace = 'public'::regnamespace and not exists (
        select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')
    ) as made group by name`);
  return new Map(rows.map(({ name, ...rest }) => [name, rest]));
}

/** The names of these functions that a text calls, and that those call. */
function calledFrom(known: ReadonlyMap<string, OwnFunction>, written: string): string[] {
  if (known.size === 0) return [];
  const found = new Set<string>();
  const follow = (text: string) => {
    for (const name of calledIn(text)) {
      const definition = known.get(name)?.definition;
      if (definition === undefined || found.has(name)) continue;
      found.add(name);
      follow(bodyOf(definition));
    }
  };
  follow(written);
  return [...found].sort();
}

/** A body in dollar quotes is one token: without them its words can be read. */
const bodyOf = (definition: string): string => definition.replaceAll(/\$\w*\$/g, ' ');

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

function calledIn(written: string): string[] {
  const tokens = lexUnfinished(written).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  return tokens.flatMap(({ kind, start, stop }, at) => {
    const next = tokens[at + 1];
    if (!next || written.charAt(next.start) !== '(') return [];
    const words = written.slice(start, stop);
    if (kind === 'word') return [words.toLowerCase()];
    return kind === 'name' ? [words.slice(1, -1).replaceAll('""', '"')] : [];
  });
}
