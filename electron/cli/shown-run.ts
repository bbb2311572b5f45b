import type { Engine } from '../../shared/contract/index.ts';
import type { Proof, RunResult, StepFailure } from '../../shared/contract/pipelines.ts';
import { ProblemError, toProblem } from '../../shared/problem.ts';
import { masked } from '../engine/checks/detect/masked-reason.ts';
import { withoutValues } from '../engine/checks/masked-problem.ts';

/** What decides which columns are private. */
export type Rooms = Pick<Engine, 'checks' | 'pipelines'>;
type Row = StepFailure['rows'][number];

/** A run as it may be written to a log: without the values of private columns on which a step failed. */
export async function shownRun({ checks, pipelines }: Rooms, result: RunResult): Promise<RunResult> {
  const { failure, problem } = result;
  if (!failure || !problem) return result;
  if (!(await knowsPrivate({ checks }))) return result;
  const relation = `${result.pipeline}/${failure.input}`;
  const columns = Object.keys(failure.rows[0] ?? {});
  const shy = await privateAmong({ checks, pipelines }, relation, columns);
  if (columns.length > 0 && shy.size === 0) return result;
  const quiet = (words: string) => words.replace(/".*"/s, `"${masked}"`);
  return {
    ...result,
    problem: { ...problem, message: quiet(problem.message) },
    steps: result.steps.map((one) => (one.id === failure.step ? { ...one, why: quiet(one.why) } : one)),
    failure: { ...failure, rows: failure.rows.map((row) => withoutCells(row, shy)) },
  };
}

/** What a proof found, as it may be written to a log. */
export async function shownProofs(rooms: Rooms, proofs: readonly Proof[]): Promise<readonly Proof[]> {
  if (!(await knowsPrivate(rooms))) return proofs;
  return Promise.all(
    proofs.map(async (proof) => {
      const { table, missing, extra } = proof;
      const columns = Object.keys(missing.first[0] ?? extra.first[0] ?? {});
      const made = await privateAmong(rooms, table, columns);
      const shy = new Set([...made, ...(await rooms.checks.hidden({ table }))]);
      const shown = ({ rows, first }: Proof['missing']) => ({
        rows,
        first: first.map((row) => withoutCells(row, shy)),
      });
      return { ...proof, missing: shown(missing), extra: shown(extra) };
    }),
  );
}

/** What was asked for; where it fails and anything may be private, without the value that PostgreSQL stumbled over. */
export async function quietly<Answer>(rooms: Pick<Rooms, 'checks'>, asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (thrown) {
    if (!(await knowsPrivate(rooms))) throw thrown;
    throw new ProblemError(withoutValues(toProblem(thrown), new Set([masked])));
  }
}

/** Whether anything in the workspace may be private. */
export async function knowsPrivate({ checks }: Pick<Rooms, 'checks'>): Promise<boolean> {
  const known = await checks.list({});
  return known.some(({ unreadable, columns }) => unreadable || columns.some((one) => one.private));
}

/** The private ones among columns of a table or of a step's output, by what they are made of. */
export async function privateAmong(
  rooms: Rooms,
  relation: string,
  columns: readonly string[],
): Promise<ReadonlySet<string>> {
  const shy = new Set<string>();
  for (const column of columns) if (await isPrivate(rooms, relation, column)) shy.add(column);
  return shy;
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
