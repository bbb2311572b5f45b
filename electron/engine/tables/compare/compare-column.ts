import { type Column, typeFamily } from '../../../../shared/column.ts';
import type { ComparedColumn, ComparedValues } from '../../../../shared/contract/comparison.ts';
import type { ColumnProfile } from '../../../../shared/contract/tables.ts';
import { join, sql } from '../../../../shared/sql.ts';
import { countedSteps, type Steps } from '../profile/counted-steps.ts';
import { type Asked, profileColumn, shortened } from '../profile/profile-column.ts';
import type { Reading } from '../profile/readings.ts';
import type { AskBoth } from './both-sides.ts';
import { kolmogorovSmirnov, totalVariation } from './distances.ts';
import type { Side } from './sides.ts';

const steps = 20;
const mostValues = 12;

/** One column of either side or of both: what it holds there, and how far that is apart. */
export async function compareColumn(
  before: Side,
  now: Side,
  name: string,
  askBoth: AskBoth,
): Promise<ComparedColumn> {
  const old = before.columns.find((column) => column.name === name);
  const fresh = now.columns.find((column) => column.name === name);
  const profiles = {
    before: old ? await before.ask(old, profileColumn) : null,
    now: fresh ? await now.ask(fresh, profileColumn) : null,
  };
  const alone = { name, ...profiles, values: null, distance: null };
  if (!old || !fresh || !profiles.before || !profiles.now)
    return { ...alone, change: old ? 'removed' : 'added' };
  const change = old.type === fresh.type ? 'same' : 'retyped';
  const line = lineOf(profiles.before, profiles.now);
  // Texts of different types are written in different ways.
  if (!line && change === 'retyped') return { ...alone, change };
  const values = line
    ? await bySteps({ before, now, old, fresh }, line)
    : await byValues({ before, now, old, fresh }, valuesOf(profiles.before, profiles.now));
  const distance = await askBoth(old, fresh, line ? kolmogorovSmirnov : totalVariation);
  return { name, ...profiles, change, values, distance };
}

interface Both {
  readonly before: Side;
  readonly now: Side;
  readonly old: Column;
  readonly fresh: Column;
}

async function bySteps({ before, now, old, fresh }: Both, line: Steps): Promise<ComparedValues> {
  const read = async (asked: Asked, { place }: Reading) => (place ? countedSteps(asked, place, line) : []);
  const { low, high } = line;
  return { of: 'steps', low, high, before: await before.ask(old, read), now: await now.ask(fresh, read) };
}

async function byValues(
  { before, now, old, fresh }: Both,
  wanted: readonly string[],
): Promise<ComparedValues> {
  const [there, here] = [await before.ask(old, counting(wanted)), await now.ask(fresh, counting(wanted))];
  const values = wanted.map((value) => ({ value, before: there.get(value) ?? 0, now: here.get(value) ?? 0 }));
  return { of: 'values', values };
}

/** The line that holds the numbers or times of both sides; nothing where they have no such line. */
function lineOf(before: ColumnProfile, now: ColumnProfile): Steps | undefined {
  if (isTime(before.type) !== isTime(now.type)) return undefined;
  if (before.low === null || now.low === null || before.high === null || now.high === null) return undefined;
  const [low, high] = [Math.min(before.low, now.low), Math.max(before.high, now.high)];
  return { low, high, count: low === high ? 1 : steps };
}

const isTime = (type: string) => ['date', 'timestamp', 'timestamptz'].includes(typeFamily(type));

/** The most frequent values of both sides, those of either in turn. */
function valuesOf(before: ColumnProfile, now: ColumnProfile): readonly string[] {
  const [longer, shorter] = before.top.length > now.top.length ? [before, now] : [now, before];
  const both = longer.top.flatMap(({ value }, at) => [value, shorter.top[at]?.value]);
  return [...new Set(both.filter((value) => value !== undefined))].slice(0, mostValues);
}

/** How many rows have each of these values, as profiles tell values. */
const counting =
  (wanted: readonly string[]) =>
  async (asked: Asked, { value, written }: Reading): Promise<ReadonlyMap<string, number>> => {
    if (wanted.length === 0) return new Map();
    const rows = await asked.rows(sql`
      select t, cast(count(*) as varchar) from (select ${shortened(written(sql`v`))} as t
        from (select ${value} as v from ${asked.from}${asked.where}) as c) as w
      where t in (${join(wanted.map((one) => sql`${one}`))}) group by t`);
    return new Map(rows.map(([text, n]) => [text ?? '', Number(n)]));
  };
