import { type ProblemError, problem } from '../../../../shared/problem.ts';
import { ident, type Sql, sql, subselect } from '../../../../shared/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../database/database.ts';
import { loadParser, parseTree } from '../../query/parser.ts';
import { QueryFiles } from '../../query/query-files.ts';
import { refusal, wholeRowsIn, withoutAddresses } from '../load/without-addresses.ts';
import type { FormThere } from './objects.ts';

/** A view of this workspace, or a query's file as one. */
export interface ViewHere {
  readonly name: string;
  readonly form: FormThere;
  readonly by: string;
  /** Its SELECT, whole, to be asked here. */
  readonly here: Sql;
  /** The same with names that are looked up where it stands. */
  readonly there: Sql;
  /** What it reads, as `schema.name`. */
  readonly reads: readonly string[];
  /** The columns of tables that it names, as `schema.table.column`. */
  readonly uses: readonly string[];
  /** Why it cannot go, if it cannot. */
  readonly stays: string | undefined;
}

/** PostgreSQL cuts names that are longer. */
const longestName = 63;

interface Read {
  readonly name: string;
  readonly relkind: string;
  readonly definition: string;
  readonly reads: readonly string[];
  readonly uses: readonly string[];
}

/** Every view of schema public, and the queries of these names as if they were views. */
export async function promotableViews(
  { workspace, database }: Context,
  queries: readonly string[],
): Promise<readonly ViewHere[]> {
  const files = await new QueryFiles(workspace.path('queries')).list();
  const wanted = queries.map((name) => {
    const file = files.find((one) => one.name === name);
    if (!file) throw problem('not_found', `There is no query "${name}".`);
    if (Buffer.byteLength(name) > longestName) {
      throw problem(
        'bad_input',
        `The query "${name}" cannot be a view: its name has more than ${longestName} bytes.`,
        {
          hint: 'Give its file a shorter name.',
        },
      );
    }
    return file;
  });
  await loadParser();
  return database.transaction({ title: 'Reading views' }, async (session) => {
    for (const { name, text } of wanted) await asView(session, name, text);
    await session.run(sql`set local search_path to ''`);
    const whole = await definitions(session);
    await session.run(sql`set local search_path to public, collections`);
    const loose = await definitions(session);
    for (const { name } of wanted) await session.run(sql`drop view ${ident('pg_temp', name)}`);
    const views = new Set(loose.map(({ name }) => `public.${name}`));
    return loose.map((view, at) => viewOf(view, whole[at] as Read, queries, views));
  });
}

/** Without the semicolon after it, and what is written behind that. */
function statementIn(text: string): string {
  const { stmts = [] } = (parseTree(text) ?? {}) as {
    stmts?: { stmt_location?: number; stmt_len?: number }[];
  };
  const [{ stmt_location: from = 0, stmt_len: length } = {}] = stmts;
  if (stmts.length !== 1 || length === undefined) return text;
  return Buffer.from(text)
    .subarray(from, from + length)
    .toString();
}

/** The views that can go, by name. */
export async function listViews({ database }: Pick<Context, 'database'>) {
  return database.query<{ name: string; kind: 'view' | 'materialized view' }>(sql`
    select relname as name, case relkind when 'm' then 'materialized view' else 'view' end as kind from pg_class
    where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace order by relname`);
}

/** A query becomes a view for a moment: PostgreSQL then tells what it means and what it reads. */
async function asView(session: Session, name: string, text: string): Promise<void> {
  const made = session.run(sql`create temporary view ${ident(name)} as ${subselect(statementIn(text))}`);
  await made.catch((thrown: ProblemError) => {
    throw problem('bad_input', `The query "${name}" cannot be a view: ${thrown.problem?.message}`, {
      hint: 'Only one SELECT without parameters can; save its result as a table otherwise.',
      cause: thrown,
    });
  });
}

const definitions = (session: Session): Promise<readonly Read[]> =>
  session.query<Read>(sql`
    select c.relname as name, c.relkind::text as relkind, pg_catalog.pg_get_viewdef(c.oid) as definition, array(
      select distinct n.nspname || '.' || t.relname from pg_catalog.pg_rewrite r
      join pg_catalog.pg_depend d on d.objid = r.oid and d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
      join pg_catalog.pg_class t on t.oid = d.refobjid join pg_catalog.pg_namespace n on n.oid = t.relnamespace
      where r.ev_class = c.oid and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and t.oid <> c.oid) as reads, array(
      select distinct n.nspname || '.' || t.relname || '.' || a.attname from pg_catalog.pg_rewrite r
      join pg_catalog.pg_depend d on d.objid = r.oid and d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
      join pg_catalog.pg_class t on t.oid = d.refobjid join pg_catalog.pg_namespace n on n.oid = t.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid and a.attnum > 0
      where r.ev_class = c.oid and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and t.oid <> c.oid) as uses
    from pg_catalog.pg_class c where c.relkind in ('v', 'm')
      and (c.relnamespace = 'public'::pg_catalog.regnamespace or c.relnamespace = pg_catalog.pg_my_temp_schema())
    order by c.oid`);

function viewOf(loose: Read, whole: Read, queries: readonly string[], views: ReadonlySet<string>): ViewHere {
  const { name, relkind, reads, uses } = loose;
  const foreign = reads.find((read) => !/^(public|collections)\./.test(read));
  const written = withoutAddresses(loose.definition);
  const rowsOf = wholeRowsIn(whole.definition).find((one) => one.startsWith('public.') && !views.has(one));
  const stays = foreign === undefined ? refusal(written, rowsOf) : `it reads ${foreign}, which stays here`;
  return {
    ...{ name, reads, uses, stays },
    form: relkind === 'm' ? 'materialized view' : 'view',
    by: queries.includes(name) ? `queries/${name}.sql` : 'its own SELECT',
    here: subselect(whole.definition),
    there: subselect(written),
  };
}
