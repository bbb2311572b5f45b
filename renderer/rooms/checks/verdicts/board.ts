import type { CheckRule, Finding, TableChecks, verdicts } from '../../../../shared/contract/checks.ts';
import type { Table } from '../../../../shared/contract/tables.ts';
import { type CheckClass, checkClasses } from '../../../../shared/define-check.ts';
import { counted } from '../../../../shared/number-words.ts';
import { schemaOf } from '../../../../shared/params.ts';
import { checks } from '../../../../shared/registry.ts';
import { inWords } from '../../../../shared/rule-words.ts';

type Verdict = (typeof verdicts)[number];

/** A rule with its latest finding, as far as that is of the rule as it is now. */
export interface RuleState {
  readonly table: string;
  readonly rule: CheckRule;
  readonly class: CheckClass;
  readonly says: string;
  readonly finding: Finding | undefined;
}

/** A table with everything that is known of its rules. */
export interface TableState {
  readonly table: string;
  /** Missing where only rules name it. */
  readonly known: Table | undefined;
  readonly checks: TableChecks | undefined;
  readonly rules: readonly RuleState[];
  /** The rows changed after the last run. */
  readonly stale: boolean;
}

/** What one square of the matrix says: the worst verdict, of how many rules, and what else wants a look. */
export interface Square {
  readonly verdict: Verdict | 'not run';
  readonly count: number;
  /** Verdicts beside the worst that want a look too, and of how many rules. */
  readonly others: readonly { readonly verdict: Verdict; readonly count: number }[];
  readonly rules: readonly RuleState[];
}

const worstFirst: readonly Square['verdict'][] = [
  'fail',
  'error',
  'warn',
  'not evaluated',
  'not run',
  'pass',
];

/** Its verdict, or that it did not run yet. */
export const verdictOf = ({ finding }: RuleState): Square['verdict'] => finding?.verdict ?? 'not run';

/** How rules stand, worst first: `5 fail · 1 error · 12 pass`. */
export function tallyOf(rules: readonly RuleState[]): string {
  const counts = worstFirst.map((verdict) => [
    rules.filter((rule) => verdictOf(rule) === verdict).length,
    verdict,
  ]);
  return counts
    .filter(([count]) => count !== 0)
    .map((words) => words.join(' '))
    .join(' · ');
}

/** What a rule that could not run would have found nobody knows: it is not to be overlooked below others. */
const placeOf = (rule: RuleState): number =>
  verdictOf(rule) === 'error' ? -1 : worstFirst.indexOf(verdictOf(rule));

/** Orders rules by what needs a look first. */
export const byVerdict = (one: RuleState, other: RuleState): number => placeOf(one) - placeOf(other);

/** How many rules there are, how they stand, and of how many files nothing is known. */
export function saysBoard(board: readonly TableState[]): string {
  const rules = board.flatMap((state) => state.rules);
  const unread = board.filter(({ checks }) => checks?.problem).length;
  const others = unread > 0 ? `rules of ${counted(unread, 'file')} that cannot be read` : '';
  if (rules.length === 0) return others || 'No rules yet: add the first one to a table.';
  const tables = board.filter((state) => state.rules.length > 0).length;
  const known = `${counted(rules.length, 'rule')} on ${counted(tables, 'table')}`;
  return `${known}${others && ` and ${others}`} · ${tallyOf(rules)}`;
}

/** The rule in words, or what can be said of one that is not complete. */
export function ruleInWords({ kind, params, description, id, where }: CheckRule): string {
  const definition = checks.get(kind);
  const parsed = definition && schemaOf(definition.params).safeParse(params);
  return definition && parsed?.success ? inWords(definition, parsed.data, where) : (description ?? id);
}

/** Puts tables, rules and findings together; tables with rules come first. */
export function boardOf(
  tables: readonly Table[],
  listed: readonly TableChecks[],
  findings: readonly Finding[],
): readonly TableState[] {
  const names = [...new Set([...listed.map(({ table }) => table), ...tables.map(({ name }) => name)])].sort();
  const states = names.map((name) => {
    const known = tables.find((table) => table.name === name);
    const own = listed.find(({ table }) => table === name);
    const found = findings.filter(({ table }) => table === name);
    return tableState(name, known, own, found);
  });
  return [...states.filter(({ checks }) => checks), ...states.filter(({ checks }) => !checks)];
}

function tableState(
  table: string,
  known: Table | undefined,
  own: TableChecks | undefined,
  findings: readonly Finding[],
): TableState {
  const rules = (own?.rules ?? []).map((rule) => ruleState(table, rule, findings));
  const last = rules.reduce(
    (latest, { finding }) => (finding && finding.at > latest ? finding.at : latest),
    '',
  );
  return {
    table,
    known,
    checks: own,
    rules,
    stale: last !== '' && known !== undefined && known.updatedAt > last,
  };
}

function ruleState(table: string, rule: CheckRule, findings: readonly Finding[]): RuleState {
  const says = ruleInWords(rule);
  const latest = findings.find(({ check }) => check === rule.id);
  const finding =
    latest?.kind === rule.kind && (latest.says === says || latest.verdict === 'error') ? latest : undefined;
  return { table, rule, class: checks.get(rule.kind)?.class ?? 'business rule', says, finding };
}

/** The six squares of a table; undefined where it has no rule of that class. */
export const squaresOf = ({ rules }: TableState): readonly (Square | undefined)[] =>
  checkClasses.map((of) => {
    const own = rules.filter((rule) => rule.class === of);
    const verdict = worstFirst.find((each) => own.some((rule) => verdictOf(rule) === each));
    if (!verdict) return undefined;
    const countOf = (wanted: Square['verdict']) => own.filter((rule) => verdictOf(rule) === wanted).length;
    const others = (['error', 'warn'] as const)
      .map((other) => ({ verdict: other, count: other === verdict ? 0 : countOf(other) }))
      .filter(({ count }) => count > 0);
    return { verdict, count: countOf(verdict), others, rules: own };
  });
