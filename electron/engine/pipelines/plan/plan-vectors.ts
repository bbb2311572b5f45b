import { count } from '../../../../shared/number-words.ts';
import type { StepRef } from '../../../../shared/pipeline-graph.ts';
import { upstream } from '../../../../shared/pipeline-graph.ts';
import { problem } from '../../../../shared/problem.ts';
import { type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { compile, inputsOf } from './compile.ts';
import type { Plan, PlannedStep } from './plan.ts';
import { type EmbedTexts, fillVectors } from './text-vectors.ts';

/** Making more vectors than this would keep somebody waiting who only looks. */
const mostWhileLooking = 2000;

/** The texts that a step asks vectors of, its inputs standing where `from` says. */
export const textsOf = (plan: Plan, planned: PlannedStep, from: (ref: StepRef) => Sql): Sql | undefined =>
  planned.definition?.embeds?.(inputsOf(plan, planned, from), planned.params as never);

const modelOf = ({ definition, params }: PlannedStep) => definition?.embedsBy?.(params as never);

/** How an output is looked at. */
export interface LookingAhead {
  readonly embed: EmbedTexts;
  readonly signal: AbortSignal;
  /** How many of its rows are looked at; left out, all. */
  readonly limit?: number;
}

/**
 * Makes the vectors that an output needs, for a look at it: where it goes row by row from them on, those of the first
 * rows; otherwise all, and if they are too many it is refused.
 */
export async function vectorsToLook(
  session: Session,
  plan: Plan,
  ref: StepRef,
  { embed, signal, limit }: LookingAhead,
): Promise<void> {
  const before = upstream(plan.pipeline.steps, ref.step);
  for (const planned of plan.steps.values()) {
    if (!before.has(planned.step.id) || !planned.definition?.embeds) continue;
    const few = limit !== undefined && goesRowByRow(plan, ref, planned.step.id);
    const from = (input: StepRef): Sql =>
      few
        ? sql`(select * from (${compile(plan, input)}) as few limit ${limit})`
        : sql`(${compile(plan, input)})`;
    const texts = textsOf(plan, planned, from);
    if (!texts) continue;
    const turn = <T>(work: (session: Session) => Promise<T>) => work(session);
    const expect = (count: number) => {
      if (count > mostWhileLooking) throw tooMany(planned, count);
    };
    await fillVectors(texts, {
      embed,
      signal,
      model: modelOf(planned),
      name: 'assay_texts',
      turn,
      expect,
    });
  }
}

const tooMany = ({ title, step }: PlannedStep, texts: number) =>
  problem('bad_input', `${count(texts)} texts of "${title}" have no vectors yet.`, {
    hint: 'Run the pipeline to that step first: what it makes is kept.',
    at: { step: step.id },
  });

function goesRowByRow(plan: Plan, { step, output }: StepRef, from: string): boolean {
  if (step === from) return output === 'rows';
  const { definition, inputs } = plan.steps.get(step) ?? {};
  const [only, ...others] = inputs ?? [];
  return !!definition?.rowByRow && !!only && others.length === 0 && goesRowByRow(plan, only, from);
}

/** Makes the vectors of a step of a run, its inputs standing where they are kept. */
export async function vectorsToRun(
  plan: Plan,
  planned: PlannedStep,
  select: (ref: StepRef) => Sql,
  filling: Parameters<typeof fillVectors>[1],
): Promise<void> {
  const texts = textsOf(plan, planned, (ref) => sql`(${select(ref)})`);
  if (texts) await fillVectors(texts, { ...filling, model: modelOf(planned) });
}
