import type { Engine } from '../../shared/contract/index.ts';
import type { RunResult, StepFailure } from '../../shared/contract/pipelines.ts';

const masked = '•••';

type Rooms = Pick<Engine, 'checks' | 'pipelines'>;
type Row = StepFailure['rows'][number];

/** A run as it may be written to a log: without the values of private columns on which a step failed. */
export async function shownRun({ checks, pipelines }: Rooms, result: RunResult): Promise<RunResult> {
  const { failure, problem } = result;
  if (!failure || !problem) return result;
  const known = await checks.list({});
  if (!known.some(({ unreadable, columns }) => unreadable || columns.some((one) => one.private)))
    return result;
  const relation = `${result.pipeline}/${failure.input}`;
  const columns = Object.keys(failure.rows[0] ?? {});
  const shy = new Set<string>();
  for (const column of columns) if (await isPrivate({ checks, pipelines }, relation, column)) shy.add(column);
  if (columns.length > 0 && shy.size === 0) return result;
  const quiet = (words: string) => words.replace(/".*"/s, `"${masked}"`);
  return {
    ...result,
    problem: { ...problem, message: quiet(problem.message) },
    steps: result.steps.map((one) => (one.id === failure.step ? { ...one, why: quiet(one.why) } : one)),
    failure: { ...failure, rows: failure.rows.map((row) => withoutCells(row, shy)) },
  };
}

/** One of which that cannot be told is. */
async function isPrivate({ checks, pipelines }: Rooms, relation: string, column: string): Promise<boolean> {
  const found = await pipelines.lineage({ relation, column }).catch(() => undefined);
  if (!found) return true;
  for (const { kind, edge, name, column: from } of found.sources) {
    const isValue = kind === 'table' && edge === 'value';
    if (isValue && (await checks.hidden({ table: name })).includes(from)) return true;
  }
  return false;
}

const withoutCells = (row: Row, shy: ReadonlySet<string>): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [name, cell !== null && shy.has(name) ? masked : cell]),
  );
