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
 * Findings as JUnit XML, which build servers show: a suite for each table, a case for each rule. What fails is a failure,
 * what could not be evaluated or read an error, what had no rows is skipped; a warning passes and says so.
 */
export function junitXml({ findings, problems }: CheckResult): string {
  const tables = [...new Set(findings.map(({ table }) => table))];
  const suites = tables.map((table) =>
    suite(
      table,
      findings.filter((one) => one.table === table),
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

function suite(table: string, findings: readonly Finding[]): string {
  const count = (...verdicts: readonly Finding['verdict'][]) =>
    String(findings.filter(({ verdict }) => verdicts.includes(verdict)).length);
  const counts = {
    tests: String(findings.length),
    failures: count('fail'),
    errors: count('error'),
    skipped: count('not evaluated'),
  };
  return element('testsuite', { name: table, ...counts }, findings.map(testCase));
}

function testCase(finding: Finding): string {
  const { table, check, says, ms } = finding;
  const time = (ms / 1000).toFixed(3);
  return element('testcase', { classname: table, name: `${check}: ${says}`, time }, outcome(finding));
}

function outcome({ verdict, reason, badRows, rowsRead, value, unit, sql }: Finding): readonly string[] {
  const numbers = unit === null ? breakWords(badRows, rowsRead) : valueWords({ value, unit });
  const message = reason ?? numbers;
  if (verdict === 'fail') return [element('failure', { message, type: 'fail' }, [escaped(sql ?? '')])];
  if (verdict === 'error') return [element('error', { message, type: 'error' }, [escaped(sql ?? '')])];
  if (verdict === 'not evaluated') return [element('skipped', { message }, [])];
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
