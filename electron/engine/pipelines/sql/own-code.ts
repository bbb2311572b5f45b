import { sql } from '../../../../shared/sql.ts';
import { lexUnfinished } from '../../../../shared/sql-lexer.ts';
import type { Session } from '../../database/database.ts';

/** What people made here that computes something. */
export interface OwnCode {
  readonly functions: ReadonlyMap<string, OwnFunction>;
  /** Signs that stand for one of them. */
  readonly operators: readonly { readonly sign: string; readonly name: string }[];
  /** Those that turn a type into another, which no text has to name. */
  readonly casts: readonly string[];
}

interface OwnFunction {
  readonly definition: string;
  readonly mark: string;
  /** Gives the same for the same arguments, whatever tables hold. */
  readonly steady: boolean;
}

/** Reads it from the catalog; an aggregate is told by the functions it is made of. */
export async function readOwnCode(session: Session): Promise<OwnCode> {
  const rows = await session.query<OwnFunction & { name: string }>(sql`
    select name, string_agg(text, ' ' order by text) as definition, md5(string_agg(text, ' ' order by text)) as mark,
      bool_and(steady) as steady
    from (
      select p.proname as name, p.provolatile = 'i' as steady,
        case when p.prokind = 'a' then concat_ws(' ', aggtransfn::text || '()', aggfinalfn::text || '()', agginitval)
          else pg_get_functiondef(p.oid) end as text
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace left join pg_aggregate a on a.aggfnoid = p.oid
      where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'assay') and not exists (
        select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')
    ) as made group by name`);
  const functions = new Map(rows.map(({ name, ...rest }) => [name, rest]));
  if (functions.size === 0) return { functions, operators: [], casts: [] };
  const operators = await session.query<{ sign: string; name: string }>(sql`
    select o.oprname as sign, p.proname as name from pg_operator o join pg_proc p on p.oid = o.oprcode
    where o.oid >= 16384`);
  const casts = await session.query<{ name: string }>(sql`
    select p.proname as name from pg_cast c join pg_proc p on p.oid = c.castfunc where c.oid >= 16384`);
  return {
    functions,
    operators: operators.filter(({ name }) => functions.has(name)),
    casts: casts.flatMap(({ name }) => (functions.has(name) ? [name] : [])),
  };
}

/** The names of such functions that a text calls, and that those call; casts may be in any text. */
export function calledFrom({ functions, operators, casts }: OwnCode, written: string): string[] {
  if (functions.size === 0) return [];
  const found = new Set<string>();
  const note = (name: string) => {
    const definition = functions.get(name)?.definition;
    if (definition === undefined || found.has(name)) return;
    found.add(name);
    follow(bodyOf(definition));
  };
  const follow = (text: string) => {
    for (const name of calledIn(text)) note(name);
    for (const { sign, name } of operators) if (text.includes(sign)) note(name);
  };
  for (const name of casts) note(name);
  follow(written);
  return [...found].sort();
}

/** A body in dollar quotes is one token: without them its words can be read. */
const bodyOf = (definition: string): string => definition.replaceAll(/\$\w*\$/g, ' ');

/** Names of functions that a text calls, whoever made them. */
export function calledIn(written: string): string[] {
  const tokens = lexUnfinished(written).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  return tokens.flatMap(({ kind, start, stop }, at) => {
    const next = tokens[at + 1];
    if (!next || written.charAt(next.start) !== '(') return [];
    const words = written.slice(start, stop);
    if (kind === 'word') return [words.toLowerCase()];
    return kind === 'name' ? [words.slice(1, -1).replaceAll('""', '"')] : [];
  });
}
