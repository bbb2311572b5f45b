import type { Engine } from '../../shared/contract/index.ts';
import type { Corrected, Repairs } from '../../shared/contract/repairs.ts';
import { counted } from '../../shared/number-words.ts';
import type { CallOptions } from '../../shared/wire.ts';
import { masked } from '../engine/checks/detect/masked-reason.ts';
import type { Outcome } from './define-command.ts';
import { textTable } from './output.ts';

const shown = 100;
const cell = (value: string | null) => (value === null ? 'null' : JSON.stringify(value));

interface RepairOptions {
  readonly accept?: number;
  readonly into?: string;
  readonly withPrivate?: boolean;
}

/** Proposes fixes of a table, and writes those that are sure enough into a pipeline where that was asked for. */
export async function repaired(
  checks: Engine['checks'],
  table: string,
  { accept, into, withPrivate }: RepairOptions,
  long: CallOptions,
): Promise<Outcome> {
  const found = await checks.repair({ table }, long);
  const sure = found.repairs.filter(({ confidence }) => accept !== undefined && confidence >= accept);
  const corrections = sure.map(({ correction }) => correction);
  const pipeline = into === undefined ? {} : { pipeline: into };
  const written =
    sure.length > 0
      ? await checks.correct({ table, corrections, ...pipeline, withPrivate: withPrivate ?? false })
      : null;
  const shownFixes = { ...found, repairs: found.repairs.map(withoutValues) };
  return { json: { ...shownFixes, written }, text: textOf(shownFixes, written) };
}

/** A fix of a private column says where it is and how sure, and no value. */
function withoutValues(repair: Repairs['repairs'][number]): Repairs['repairs'][number] {
  const { from, to, correction, quotes } = repair;
  if (!repair.private && quotes.length === 0) return repair;
  const hide = <Value extends string | null>(value: Value) =>
    value === null || value === '' ? value : masked;
  const when = hide(correction.when);
  if (!repair.private) return { ...repair, correction: { ...correction, when } };
  const { was } = correction;
  return {
    ...repair,
    from: hide(from),
    to: hide(to),
    correction: { ...correction, was: hide(was), when, to: hide(correction.to) },
  };
}

function textOf({ table, suspects, repairs }: Repairs, written: Corrected | null): string {
  const lines = repairs
    .slice(0, shown)
    .map(({ row, column, from, to, confidence, reason }) => [
      String(row),
      column,
      cell(from),
      cell(to),
      confidence.toFixed(2),
      reason,
    ]);
  const list =
    lines.length > 0 ? `${textTable(['_row', 'column', 'is', 'fix', 'confidence', 'why'], lines)}\n` : '';
  const rest = repairs.length > shown ? `… and ${repairs.length - shown} more; --json lists all.\n` : '';
  const end = written
    ? `${counted(written.added, 'fix', 'fixes')} added to the pipeline "${written.pipeline}", step ${written.step}. Run it to have them.\n`
    : '';
  return `${list}${rest}${counted(repairs.length, 'fix', 'fixes')} for ${counted(suspects, 'doubted cell')} of ${table}. Nothing was changed.\n${end}`;
}
