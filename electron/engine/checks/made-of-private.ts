import { steps } from '../../../shared/registry.ts';
import type { Context } from '../context.ts';
import { type PipelineFile, PipelineFiles } from '../pipelines/file/pipeline-files.ts';
import { lineageTracer } from '../pipelines/lineage/workspace-lineage.ts';
import { QueryFiles } from '../query/query-files.ts';
import { addMade, columnsOf, type MadeColumn, type PlacedColumn } from './remembered-privacy.ts';
import { runsWrittenSql } from './unsure-lineage.ts';

type Place = Pick<Context, 'workspace' | 'database'>;
type Trace = Awaited<ReturnType<typeof lineageTracer>>;

/** Columns of tables that hold values of these, by whichever pipelines, views and queries they came there. */
export async function madeOf(
  { workspace, database }: Place,
  columns: readonly PlacedColumn[],
): Promise<readonly MadeColumn[]> {
  const [first] = columns;
  if (!first) return [];
  const files = await new PipelineFiles(workspace.path('pipelines')).list();
  const queries = await new QueryFiles(workspace.path('queries')).list();
  const trace = await database.use(
    { title: 'Following private columns', priority: 'background' },
    (session) => lineageTracer(session, files, queries),
  );
  const blind = await columnsOf(database, files.filter(isUnsureFile).flatMap(writtenBy));
  return [
    ...columns.flatMap((from) => tracedFrom(trace, from)),
    ...blind.map((one) => ({ ...one, from: first })),
  ];
}

function tracedFrom(trace: Trace, from: PlacedColumn): readonly MadeColumn[] {
  try {
    return trace(from.table, from.column).uses.flatMap(({ kind, edge, name, column }) =>
      kind === 'table' && edge === 'value' ? [{ table: name, column, from }] : [],
    );
  } catch {
    // A column that is not there has been made into nothing.
    return [];
  }
}

/**
 * Remembers of which columns a pipeline made a table, while its file is there to tell: one of them may become private
 * when it is gone.
 */
export async function rememberMade({ workspace, database }: Place, table: string): Promise<void> {
  const files = await new PipelineFiles(workspace.path('pipelines')).list();
  const writing = files.filter((file) => writtenBy(file).includes(table));
  if (writing.length === 0) return;
  const needed = writing.some(usesOthers) ? files : writing;
  const columns = await columnsOf(database, [table]);
  const options = { title: `Noting what ${table} is made of`, priority: 'background' } as const;
  const trace = await database.use(options, (session) => lineageTracer(session, needed, []));
  const made = columns.flatMap((one) =>
    trace(table, one.column).sources.flatMap(({ kind, edge, name, column }) =>
      kind === 'table' && edge === 'value' ? [{ ...one, from: { table: name, column } }] : [],
    ),
  );
  await database.transaction(options, (session) => addMade(session, made));
}

const usesOthers = ({ pipeline }: PipelineFile): boolean =>
  (pipeline?.steps ?? []).some(({ kind, params }) => steps.get(kind)?.nests?.(params as never) !== undefined);

/** A pipeline that runs SQL which is a value may read anything. */
const isUnsureFile = ({ pipeline }: PipelineFile): boolean =>
  (pipeline?.steps ?? []).some(({ params }) => runsWrittenSql(JSON.stringify(params)));

const outputsOf = ({ pipeline }: PipelineFile) =>
  (pipeline?.steps ?? []).flatMap(({ kind, params }) =>
    kind === 'output' && typeof params['table'] === 'string'
      ? [{ table: params['table'], replaces: (params['mode'] ?? 'replace') === 'replace' }]
      : [],
  );

const writtenBy = (file: PipelineFile): string[] => outputsOf(file).map(({ table }) => table);

/** Tables that pipelines which can be read write anew as a whole: what these make them of now is all there is. */
export async function replacedTables({
  workspace,
}: Pick<Context, 'workspace'>): Promise<ReadonlySet<string>> {
  const files = await new PipelineFiles(workspace.path('pipelines')).list();
  return new Set(
    files.flatMap((file) => outputsOf(file).flatMap(({ table, replaces }) => (replaces ? [table] : []))),
  );
}
