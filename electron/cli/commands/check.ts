import type { CheckResult, Finding } from '../../../shared/contract/checks.ts';
import type { Engine } from '../../../shared/contract/index.ts';
import { valueWords } from '../../../shared/finding-words.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { problem } from '../../../shared/problem.ts';
import { stops } from '../../../shared/stops.ts';
import { defineCommand } from '../define-command.ts';
import { detectedText } from '../detected-text.ts';
import { junitXml } from '../junit.ts';
import { textTable } from '../output.ts';
import { repaired } from '../repaired.ts';
import { type Histories, historyKey, reportHtml, type WrittenRules } from '../report-html.ts';
import { suggestedText } from '../suggested-text.ts';
import { writeReport } from '../write-report.ts';

const documentOf = ({ verdict, findings, problems, others, unevaluated }: CheckResult) => ({
  verdict,
  findings: findings.map(
    ({ check, kind, table, columns, value, unit, rowsRead, rowsJudged, badRows, sql, ...rest }) => ({
      check,
      kind,
      table,
      columns,
      verdict: rest.verdict,
      value,
      unit,
      rowsRead,
      rowsJudged,
      badRows,
      sql,
      class: rest.class,
      says: rest.says,
      reason: rest.reason,
      bounds: rest.bounds,
      sample: rest.sample,
      ms: rest.ms,
    }),
  ),
  problems,
  others,
  unevaluated,
});

/** 0 where every rule was evaluated and none fails: what was not evaluated is not green, unless that is allowed. */
function exitOf({ verdict, findings }: CheckResult, options: Options): 0 | 1 {
  if (verdict === 'fail' || verdict === 'error') return 1;
  const open = findings.length === 0 || findings.some((one) => stops(one.verdict));
  if (open && !options.allowNotEvaluated) return 1;
  return options.strict && findings.some((one) => one.verdict === 'warn') ? 1 : 0;
}

function line(finding: Finding): readonly string[] {
  const { verdict, table, check, value, unit, badRows, rowsRead, rowsJudged, says, reason } = finding;
  const read = rowsJudged === rowsRead ? '' : ` judged (${count(rowsRead)} read)`;
  const bad = value === null || unit !== null ? '' : `${count(badRows)} of ${count(rowsJudged)}${read}`;
  return [verdict, table, check, valueWords({ value, unit }), bad, reason ?? says];
}

function textOf({ verdict, findings, problems, others, unevaluated }: CheckResult): string {
  const broken = [...problems.map(({ message }) => message), ...unevaluated]
    .map((says) => `${says}\n`)
    .join('');
  if (findings.length === 0 && problems.length === 0) {
    return 'There are no rules to check: write some in checks/, or make them in the window.\n';
  }
  const head = ['verdict', 'table', 'check', 'value', 'bad rows', 'rule, or why it could not be evaluated'];
  const table = findings.length > 0 ? textTable(head, findings.map(line)) : '';
  const open = findings.some((one) => one.verdict === 'not evaluated') ? notEvaluated : '';
  return `${broken}${table}\n${counted(findings.length, 'check')}: ${tally(findings)}. Verdict: ${verdict}\n${open}${othersWords(others)}`;
}

const notEvaluated =
  'What was not evaluated counts as not passed; --allow-not-evaluated lets the command end with 0 all the same.\n';

const othersWords = (others: number) =>
  others === 0 ? '' : `${count(others)} in these files for other engines, not run here.\n`;

function tally(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { verdict } of findings) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].map(([verdict, n]) => `${n} ${verdict}`).join(', ') || 'none evaluated';
}

/** So many earlier runs are drawn. */
const runs = 30;

async function historiesOf(room: Engine['checks'], findings: readonly Finding[]): Promise<Histories> {
  const histories = new Map<string, readonly Finding[]>();
  for (const finding of findings) {
    const { table, check } = finding;
    histories.set(historyKey(finding), await room.history({ table, check, limit: runs }));
  }
  return histories;
}

async function rulesOf(room: Engine['checks']): Promise<WrittenRules> {
  const tables = await room.list({});
  return new Map(
    tables.flatMap(({ table, rules }) =>
      rules.map((rule) => [historyKey({ table, check: rule.id }), rule] as const),
    ),
  );
}

function confidence(written: string): number {
  const value = Number(written);
  if (written.trim() !== '' && value >= 0 && value <= 1) return value;
  throw problem('bad_input', `"${written}" is no confidence.`, { hint: 'Give a number from 0 to 1.' });
}

/** Options that would be passed over are refused: who asks for a report wants one. */
function refuseMixed(options: Options): void {
  const given = (names: readonly (keyof Options)[]) => names.filter((name) => options[name] !== undefined);
  const [first, second] = given(['detect', 'repair', 'suggest']);
  const [fix] = first === 'repair' ? [] : given(['accept', 'into', 'withPrivate']);
  if (fix)
    throw problem('bad_input', `--${kebab(fix)} says nothing without --repair.`, {
      hint: 'Add --repair TABLE.',
    });
  const [other = second] = first === undefined ? [] : given(['report', 'junit']);
  if (other === undefined) return;
  throw problem('bad_input', `--${first} and --${other} do not go together.`, {
    hint: 'Run the command once for each.',
  });
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

interface Options {
  readonly strict?: boolean;
  readonly allowNotEvaluated?: boolean;
  readonly withPrivate?: boolean;
  readonly detect?: string;
  readonly repair?: string;
  readonly accept?: number;
  readonly into?: string;
  readonly suggest?: boolean;
  readonly junit?: string;
  readonly report?: string;
}

export default defineCommand<Options>({
  usage: 'check [tables...]',
  summary: 'runs the rules of these tables, or of all; exits with 1 where one fails or was not evaluated',
  json: `{ verdict, findings: [{ check, kind, table, columns, verdict, value, unit, rowsRead, rowsJudged, badRows, sql, class, says, reason, bounds, sample, ms }], problems, others, unevaluated }
  verdict: pass, warn, fail, error (could not be evaluated) or not evaluated (nothing to judge: no rows, no values, too little history); that of the
  document is the worst of its findings. value: rows that pass, in percent of those that the rule could judge (rowsJudged; rowsRead has the others too); or what a rule measures, which then has a unit and no bad rows.
  sql: a SELECT of _row of every bad row, or of the value. sample: some bad rows, with the cells that the rule is about; bad names those that break it, where not all do. problems: rules that cannot be read.
  others: how many rules in the same files are for other engines, and were not run; unevaluated: what else they promise and is not evaluated.
  --detect: { table, rows, rowsRead, cells: [{ row, column, score, reason }] }, row being _row and score 0.5 to 1
  --repair: { table, rows, rowsRead, suspects, repairs: [{ row, column, private, from, to, confidence, reason, correction, quotes, reach }], written };
  quotes: private columns whose values the correction would write into the pipeline, which is refused without --with-private;
  correction is { column, was, when, to } as the step "Correct values" keeps it; written is { pipeline, step, added } after --accept
  --suggest: { suggestions: [{ table, rule, says, class, reason, support, former: { loads, told, failed }, rank, verdict, badRows, rowsRead, rowsJudged, value, unit }],
  cells: [{ table, row, column, score, reason }], problems }; rule is { id, kind, params, failAbove } as files in checks/ keep it`,
  order: 60,
  configure: (command) =>
    command
      .option('--strict', 'exit with 1 where a rule warns, too')
      .option(
        '--allow-not-evaluated',
        'exit with 0 although there was nothing to judge a rule by: no rows, no values, too little history',
      )
      .option('--report <file>', 'writes a report too, as one HTML file that needs no network')
      .option('--junit <file>', 'writes the findings as JUnit XML too, for build servers')
      .option('--suggest', 'instead, lists rules that the data suggests, and what each would find')
      .option(
        '--detect <table>',
        'instead, lists the cells of a table that are probably wrong, without any rule',
      )
      .option('--repair <table>', 'instead, proposes fixes for what looks wrong in a table; changes nothing')
      .option(
        '--accept <confidence>',
        'with --repair: writes fixes of at least this confidence, 0 to 1, into a pipeline',
        confidence,
      )
      .option('--into <pipeline>', 'with --accept: which pipeline, made if need be; else "TABLE corrected"')
      .option(
        '--with-private',
        'with --accept: values of private columns may be written into the pipeline, too',
      ),
  async run({ args, options, engine, long }) {
    refuseMixed(options);
    const { checks } = await engine();
    if (options.repair !== undefined) return repaired(checks, options.repair, options, long);
    if (options.detect !== undefined) {
      const detected = await checks.detect({ table: options.detect }, long);
      return { json: detected, text: detectedText(detected) };
    }
    if (options.suggest) {
      const suggested = await checks.suggest(args.length > 0 ? { tables: [...args] } : {}, long);
      return { json: suggested, text: suggestedText(suggested) };
    }
    const result = await checks.run(args.length > 0 ? { tables: [...args] } : {}, long);
    if (options.junit !== undefined) await writeReport(options.junit, junitXml(result, options));
    if (options.report !== undefined) {
      const histories = await historiesOf(checks, result.findings);
      const rules = await rulesOf(checks);
      await writeReport(options.report, reportHtml(result, { histories, rules }, new Date()));
    }
    return {
      json: documentOf(result),
      text: textOf(result),
      exit: exitOf(result, options),
    };
  },
});
