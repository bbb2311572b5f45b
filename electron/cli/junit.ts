import type { CheckResult, Finding } from '../../shared/contract/checks.ts';
import { breakWords, valueWords } from '../../shared/finding-words.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 has no place for most control characters, not even as entities. */
const unwritable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const escaped = (text: string) =>
  text.replace(unwritable, '\uFFFD').replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/**
 * Findings as JUnit XML, which build servers show: a suite for each table, a case for each rule. What stops a build by the exit code
 * of the command is a failure or an error here, too: a warning where warnings count, and what was not evaluated unless that
 * is allowed; else the one passes and says so, and the other is skipped.
 */
export function junitXml({ findings, problems }: CheckResult, wish: Wish): string {
  const tables = [...new Set(findings.map(({ table }) => table))];
  const suites = tables.map((table) =>
    suite(
      table,
      findings.filter((one) => one.table === table),
      wish,
    ),
  );
  const unread = problems.map(({ message, at }) =>
    element('testcase', { classname: at?.table ?? 'checks', name: 'rules can be read' }, [
      element('error', { message }, []),
    ]),
  );
  const counts = { tests: String(unread.length), failures: '0', errors: String(unread.length), skipped: '0' };
  const all =
    unread.length > 0 ? [...suites, element('testsuite', { name: 'rules', ...counts }, unread)] : suites;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: 'assay check' }, all)}\n`;
}

/** What else than a failure or an error stops a build. */
export interface Wish {
  readonly strict?: boolean;
  readonly allowNotEvaluated?: boolean;
}

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

function outcomeOf({ verdict }: Finding, { strict, allowNotEvaluated }: Wish): Outcome {
  if (verdict === 'fail') return 'failure';
  if (verdict === 'warn') return strict ? 'failure' : 'passed';
  if (verdict === 'not evaluated') return allowNotEvaluated ? 'skipped' : 'error';
  return verdict === 'error' ? 'error' : 'passed';
}

function suite(table: string, findings: readonly Finding[], wish: Wish): string {
  const count = (outcome: Outcome) =>
    String(findings.filter((one) => outcomeOf(one, wish) === outcome).length);
  const counts = {
    tests: String(findings.length),
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
  return element(
    'testsuite',
    { name: table, ...counts },
    findings.map((one) => testCase(one, wish)),
  );
}

function testCase(finding: Finding, wish: Wish): string {
  const { table, check, says, ms } = finding;
  const time = (ms / 1000).toFixed(3);
  return element(
    'testcase',
    { classname: table, name: `${check}: ${says}`, time },
    inside(finding, outcomeOf(finding, wish)),
  );
}

function inside(finding: Finding, outcome: Outcome): readonly string[] {
  const { verdict, reason, sql } = finding;
  const numbers = finding.unit === null ? breakWords(finding) : valueWords(finding);
  const message = reason ?? numbers;
  if (outcome === 'failure' || outcome === 'error') {
    return [element(outcome, { message, type: verdict }, [escaped(sql ?? '')])];
  }
  if (outcome === 'skipped') return [element('skipped', { message }, [])];
  return verdict === 'warn' ? [element('system-out', {}, [escaped(`warning: ${message}`)])] : [];
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  inside: readonly string[],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const open = `<${name}${written.join('')}`;
  return inside.length > 0 ? `${open}>${inside.join('\n')}</${name}>` : `${open}/>`;
}
