import type { Context } from '../context.ts';
import { lineageTracer } from '../pipelines/lineage/workspace-lineage.ts';
import { type PipelineFile, PipelineFiles } from '../pipelines/pipeline-files.ts';
import { QueryFiles } from '../query/query-files.ts';
import { columnsOf, type MadeColumn, type PlacedColumn } from './remembered-privacy.ts';
import { runsWrittenSql } from './unsure-lineage.ts';

/** Columns of tables that hold values of these, by whichever pipelines, views and queries they came there. */
export async function madeOf(
  { workspace, database }: Pick<Context, 'workspace' | 'database'>,
  columns: readonly PlacedColumn[],
): Promise<readonly MadeColumn[]> {
  if (columns.length === 0) return [];
  const files = await new PipelineFiles(workspace.path('pipelines')).list();
  const queries = await new QueryFiles(workspace.path('queries')).list();
  const trace = await database.use(
    { title: 'Following private columns', priority: 'background' },
    (session) => lineageTracer(session, files, queries),
  );
  const [first] = columns;
  const unsure = files.filter(isUnsureFile).flatMap(writtenBy);
  const blind = first ? await columnsOf(database, unsure) : [];
  return [
    ...columns.flatMap((from) => tracedFrom(trace, from)),
    ...blind.flatMap((one) => (first ? [{ ...one, from: first }] : [])),
  ];
}

function tracedFrom(
  trace: Awaited<ReturnType<typeof lineageTracer>>,
  from: PlacedColumn,
): readonly MadeColumn[] {
  try {
    return trace(from.table, from.column).uses.flatMap(({ kind, edge, name, column }) =>
      kind === 'table' && edge === 'value' ? [{ table: name, column, from }] : [],
    );
  } catch {
    // A column that is not there has been made into nothing.
    return [];
  }
}

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

/** Tables that pipelines which can be read write anew as a whole: what these make of private columns now is all there is. */
export async function replacedTables({
  workspace,
}: Pick<Context, 'workspace'>): Promise<ReadonlySet<string>> {
  const files = await new PipelineFiles(workspace.path('pipelines')).list();
  return new Set(
    files.flatMap((file) => outputsOf(file).flatMap(({ table, replaces }) => (replaces ? [table] : []))),
  );
}
