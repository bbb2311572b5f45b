import type { CheckResult, Finding } from '../../../shared/contract/checks.ts';
import { defineCommand } from '../define-command.ts';
import { textTable } from '../output.ts';

const documentOf = ({ verdict, findings, problems }: CheckResult) => ({
  verdict,
  findings: findings.map(({ check, kind, table, columns, value, rowsRead, badRows, sql, ...rest }) => ({
    check,
    kind,
    table,
    columns,
    verdict: rest.verdict,
    value,
    rowsRead,
    badRows,
    sql,
    says: rest.says,
    reason: rest.reason,
    ms: rest.ms,
  })),
  problems,
});

/** 0 where every rule holds; a rule that was not evaluated for want of rows, and a warning, count under `strict`. */
function exitOf({ verdict }: CheckResult, strict: boolean): 0 | 1 {
  if (verdict === 'fail' || verdict === 'error') return 1;
  return strict && verdict !== 'pass' ? 1 : 0;
}

const count = (value: number) => value.toLocaleString('en-US');

const line = ({ verdict, table, check, value, badRows, rowsRead, says, reason }: Finding) => [
  verdict,
  table,
  check,
  value === null ? '' : `${value.toFixed(2)}%`,
  value === null ? '' : `${count(badRows)} of ${count(rowsRead)}`,
  reason ?? says,
];

function textOf({ verdict, findings, problems }: CheckResult): string {
  const broken = problems.map(({ message }) => `${message}\n`).join('');
  if (findings.length === 0 && problems.length === 0) {
    return 'There are no rules to check: write some in checks/, or make them in the window.\n';
  }
  const head = ['verdict', 'table', 'check', 'passes', 'bad rows', 'rule, or why it could not be evaluated'];
  const table = findings.length > 0 ? textTable(head, findings.map(line)) : '';
  return `${broken}${table}\n${count(findings.length)} ${findings.length === 1 ? 'check' : 'checks'}: ${tally(findings)}. Verdict: ${verdict}\n`;
}

function tally(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { verdict } of findings) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].map(([verdict, n]) => `${n} ${verdict}`).join(', ') || 'none evaluated';
}

export default defineCommand<{ strict?: boolean }>({
  usage: 'check [tables...]',
  summary: 'runs the rules of these tables, or of all; exits with 1 where one fails or cannot be evaluated',
  json: `{ verdict, findings: [{ check, kind, table, columns, verdict, value, rowsRead, badRows, sql, says, reason, ms }], problems }
  verdict: pass, warn, fail, error (could not be evaluated) or not evaluated (the table has no rows); that of the
  document is the worst of its findings. value: rows that pass, in percent. sql: a SELECT of _row of every bad row. problems: rules that cannot be read.`,
  order: 60,
  configure: (command) =>
    command.option('--strict', 'exit with 1 unless every rule passes: warnings and empty tables count too'),
  async run({ args, options, engine, long }) {
    const { checks } = await engine();
    const result = await checks.run(args.length > 0 ? { tables: [...args] } : {}, long);
    return {
      json: documentOf(result),
      text: textOf(result),
      exit: exitOf(result, options.strict ?? false),
    };
  },
});
