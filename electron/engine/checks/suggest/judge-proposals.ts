import { userColumns } from '../../../../shared/column.ts';
import type { CheckRule, Suggestion, TableChecks } from '../../../../shared/contract/checks.ts';
import type { RememberedLoad } from '../../../../shared/define-check.ts';
import { schemaOf } from '../../../../shared/params.ts';
import { checkDefinition } from '../../../../shared/registry.ts';
import { ruleId } from '../../../../shared/rule-id.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database } from '../../database/database.ts';
import type { CheckedTable } from '../checked-table.ts';
import { isDeclared } from '../declared-columns.ts';
import type { Draft } from '../drafts.ts';
import { privateColumns, privateIn } from '../private-columns.ts';
import { runTable } from '../run-table.ts';
import { askedOfColumns } from './asked-of-columns.ts';
import { heldAgainst } from './former-loads.ts';
import type { Known, Proposal } from './proposal.ts';
import { type Rejection, rejectionKey } from './rejected.ts';

/** What suggesting goes by. */
export interface Given {
  readonly database: Database;
  /** Rules that are there already. */
  readonly rules: readonly TableChecks[];
  readonly rejected: readonly Rejection[];
}

/** A table that was looked into. */
export type Looked = Omit<Known, 'keys'> & { readonly checked: CheckedTable };

/** Each proposal as a rule that was tried on the whole table; those that cannot be evaluated are no suggestions. */
export async function judged(
  { database, rules, rejected }: Given,
  { name, checked, former }: Looked,
  proposals: readonly Proposal[],
  { signal, progress }: CallContext,
): Promise<Suggestion[]> {
  const own = rules.filter(({ table }) => table === name).flatMap((one) => one.rules);
  const unwanted = new Set(rejected.map(rejectionKey));
  const hidden = privateIn(rules, name);
  const wanted = proposals.filter(
    ({ kind, params }) =>
      !quotesHidden(kind, params, hidden) &&
      !own.some((rule) => !isDeclared(rule) && isSame(rule, kind, params)) &&
      !unwanted.has(rejectionKey({ table: name, kind, params })),
  );
  const taken = own.map(({ id }) => id);
  const made = wanted.map(({ kind, params }) => {
    const id = ruleId(kind, checkDefinition(kind).marks(params), taken);
    taken.push(id);
    return { id, kind, params: { ...params }, failAbove: 0 };
  });
  progress({ title: `Trying rules on ${name}`, done: 0, total: made.length, unit: 'checks' });
  const drafts =
    userColumns(checked.columns).length > 0
      ? await runTable({ database, signal, hidden: privateColumns(rules, name) }, name, made, () => {})
      : [];
  return drafts.flatMap((draft, at) => {
    const [proposal, rule] = [wanted[at], made[at]];
    return proposal && rule && draft.verdict !== 'error' ? [suggestionOf(proposal, rule, draft, former)] : [];
  });
}

/** A rule that would write down values of a private column, or how far they reach. */
function quotesHidden(kind: string, params: Proposal['params'], hidden: ReadonlySet<string>): boolean {
  const { quotes, marks } = checkDefinition(kind);
  return quotes === true && marks(params).some((column) => hidden.has(column));
}

/** A rule of the same kind on the same columns is there: its parameters are the analyst's. */
function isSame(
  { kind, params }: CheckRule,
  other: string,
  wanted: Readonly<Record<string, unknown>>,
): boolean {
  if (kind !== other) return false;
  const marks = (of: Readonly<Record<string, unknown>>) => {
    const definition = checkDefinition(kind);
    const whole = schemaOf(definition.params).parse(of);
    const named = definition.marks(whole);
    return named.length > 0 ? JSON.stringify(named) : askedOfColumns(kind, whole);
  };
  try {
    return marks(params) === marks(wanted);
  } catch {
    return false;
  }
}

function suggestionOf(
  proposal: Proposal,
  rule: CheckRule,
  draft: Draft,
  loads: readonly RememberedLoad[],
): Suggestion {
  const { table, says, verdict, badRows, rowsRead, rowsJudged, value, unit } = draft;
  const broken = rowsJudged === 0 || draft.sql === null ? 0 : badRows / rowsJudged;
  const former = heldAgainst(checkDefinition(rule.kind), rule.params, loads);
  // What many rows or loads break is a fact of the data rather than an error in it.
  const before = 1 - (0.5 * former.failed) / Math.max(1, former.told);
  const rank = Math.round(1000 * proposal.trust * (1 - Math.min(1, broken * 8)) * before) / 1000;
  const { reason, support } = proposal;
  // What was tried on all rows knows better than a sample, and nearly all is not all.
  const rounded = Math.floor(Math.min(support, 1 - broken) * 10_000) / 10_000;
  return {
    table,
    rule,
    says,
    class: draft.class,
    reason,
    support: rounded,
    former,
    rank,
    verdict,
    badRows,
    rowsRead,
    rowsJudged,
    value,
    unit,
  };
}
