import type { TableChecks } from '../../../shared/contract/checks.ts';
import type { Context } from '../context.ts';
import { lineageTracer } from '../pipelines/lineage/workspace-lineage.ts';
import { PipelineFiles } from '../pipelines/pipeline-files.ts';
import { QueryFiles } from '../query/query-files.ts';
import { listRules } from './rule-files.ts';

interface PlacedColumn {
  readonly table: string;
  readonly column: string;
}

/**
 * The rules of every table that has some. A column of a table whose values were made of a private one is private, too,
 * whether its own file says so or not: what a pipeline writes is no less private than what it reads.
 */
export async function rulesAndPrivacy(
  context: Pick<Context, 'workspace' | 'database'>,
): Promise<TableChecks[]> {
  const known = await listRules(context.workspace.path('checks'));
  const told = known.flatMap(({ table, of, columns }) =>
    of ? [] : columns.filter((one) => one.private).map(({ name }) => ({ table, column: name })),
  );
  if (told.length === 0) return known;
  const made = await madeOf(context, told);
  const tables = new Set([...known.map(({ table }) => table), ...made.map(({ table }) => table)]);
  return [...tables].flatMap((table) => {
    const names = made.filter((one) => one.table === table).map(({ column }) => column);
    const own = known.filter((one) => one.table === table);
    const none = { table, file: '', columns: [], rules: [], others: 0, problems: [] };
    return (own.length > 0 ? own : [none]).map((one) => withPrivate(one, names));
  });
}

function withPrivate(one: TableChecks, names: readonly string[]): TableChecks {
  const unnamed = names.filter((name) => one.columns.every((column) => column.name !== name));
  const columns = one.columns.map((column) =>
    names.includes(column.name) ? { ...column, private: true } : column,
  );
  return { ...one, columns: [...columns, ...unnamed.map((name) => ({ name, private: true }))] };
}

/** Columns of tables that hold values of these, by whichever pipelines, views and queries they came there. */
async function madeOf(
  { workspace, database }: Pick<Context, 'workspace' | 'database'>,
  columns: readonly PlacedColumn[],
): Promise<readonly PlacedColumn[]> {
  const files = await new PipelineFiles(workspace.path('pipelines')).list();
  const queries = await new QueryFiles(workspace.path('queries')).list();
  const trace = await database.use(
    { title: 'Following private columns', priority: 'background' },
    (session) => lineageTracer(session, files, queries),
  );
  return columns.flatMap(({ table, column }) => {
    try {
      return trace(table, column).uses.flatMap(({ kind, edge, name, column: made }) =>
        kind === 'table' && edge === 'value' ? [{ table: name, column: made }] : [],
      );
    } catch {
      // A column that is not there has been made into nothing.
      return [];
    }
  });
}
