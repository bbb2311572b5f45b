import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Document, Node, YAMLMap } from 'yaml';
import { checkedRows } from '../../../shared/contract/checked-rows.ts';
import type { CheckRule, DescribedColumn, TableChecks } from '../../../shared/contract/checks.ts';
import { type Problem, problem, toProblem } from '../../../shared/problem.ts';
import { describe } from '../../../shared/wire.ts';
import { readYaml, refuseNewerFormat } from '../workspace/settings.ts';
import {
  countOthers,
  customProperty,
  isSqlEntry,
  isStandard,
  nameOf,
  type OwnEntry,
  ownEntries,
  propertiesOf,
  rowsProperty,
  schemaObjects,
} from './contract-document.ts';
import { hidesProperties, shapeFaults } from './contract-faults.ts';
import { hidesPrivate, misspeltKeys, unevaluatedPromises } from './contract-keys.ts';
import { type Fault, libraryRule } from './library-metric.ts';
import { ownRule } from './own-entry.ts';
import { isMarkedPrivate } from './private-mark.ts';
import { type PropertyRule, propertyRules, unreadablePromises } from './property-rules.ts';
import { sqlRule } from './sql-entry.ts';

/** The major version of the Open Data Contract Standard that is read and written. */
const knownMajor = 3;

/** Reads a file of rules; what is broken in it is said with its line, and takes nothing else down. */
export async function readContract(file: string): Promise<TableChecks[]> {
  try {
    const text = await readFile(file, 'utf8');
    return tablesOf(await readContractDocument(file), file, text);
  } catch (thrown) {
    return [unreadable(file, toProblem(thrown))];
  }
}

/** The document of a file of rules, to look into or to change. */
export async function readContractDocument(file: string): Promise<Document> {
  const document = await readYaml(file);
  const version = /^v?(\d+)/.exec(String(document.get('apiVersion') ?? ''))?.[1];
  refuseNewerFormat(file, version === undefined ? undefined : Number(version), knownMajor);
  return document;
}

function tablesOf(document: Document, file: string, text: string): TableChecks[] {
  const objects = schemaObjects(document);
  const [first, ...others] = objects.map((object) => tableOf(object, file, text));
  if (first) return [withLevels(first, document, text), ...others];
  throw problem('bad_input', `${basename(file)} names no table: "schema" is empty or missing.`, {
    hint: 'List the table under "schema", as "- name: orders".',
    at: { file, line: 1 },
  });
}

/** What a contract promises of its service, which is about no table alone, is told once. */
function withLevels(first: TableChecks, document: Document, text: string): TableChecks {
  const node = document.get('slaProperties', true) as Node | undefined;
  if (!node) return first;
  const says = '"slaProperties" is not evaluated: a rule on freshness or on the number of rows is.';
  const told = inLine(first.file, lineOf(node, text), says);
  return { ...first, unevaluated: [...(first.unevaluated ?? []), told] };
}

function unreadable(file: string, failed: Problem): TableChecks {
  const table = basename(file).replace(/\.(ya?ml|json)$/i, '');
  return {
    table,
    file,
    columns: [],
    rules: [],
    others: 0,
    problems: [failed],
    problem: failed,
    unreadable: true,
  };
}

function tableOf(object: YAMLMap, file: string, text: string): TableChecks {
  const table = nameOf(object);
  const rules: CheckRule[] = [];
  const problems: Problem[] = [];
  const said = (fault: string, node: Node) => {
    const line = lineOf(node, text);
    problems.push(problem('bad_input', inLine(file, line, fault), { at: { file, line, table } }).problem);
  };
  const written = customProperty(object, rowsProperty);
  const of = written === undefined ? undefined : checkedRows.safeParse(written);
  if (of && !of.success)
    said(`${rowsProperty} names neither a query, sql, nor pipeline and step; no rule is run.`, object);
  for (const entry of ownEntries(object)) {
    const { node } = entry;
    const read = readEntry(entry, table);
    const fault = 'fault' in read ? read.fault : duplicate(rules, read.id);
    if (fault === undefined && !('fault' in read)) rules.push(read);
    if (fault !== undefined) said(fault, node);
  }
  for (const { rule } of unsaid(object, rules)) rules.push(rule);
  for (const { node, error } of unreadablePromises(object))
    said(
      `what this property says of its values cannot be read: ${describe(error)}; none of it is run.`,
      node,
    );
  const misspelt = misspeltKeys(object);
  for (const { node, fault } of [...shapeFaults(object), ...misspelt]) said(fault, node);
  problems.sort((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0));
  const [first] = problems;
  return {
    table,
    ...(of?.success ? { of: of.data } : {}),
    file,
    ...describedIn(object),
    columns: propertiesOf(object).flatMap(columnsOf),
    rules: of?.success === false ? [] : rules,
    others: countOthers(object),
    unevaluated: unevaluatedPromises(object).map(({ node, says }) => inLine(file, lineOf(node, text), says)),
    problems,
    ...(first ? { problem: first } : {}),
    ...(hidesProperties(object) || hidesPrivate(misspelt) ? { unreadable: true } : {}),
  };
}

/** A private column stays so under both its names, whichever of them the table has. */
function columnsOf(property: YAMLMap): DescribedColumn[] {
  const described = columnOf(property);
  const name = String(property.get('name') ?? described.name);
  return described.private && name !== described.name ? [described, { name, private: true }] : [described];
}

function columnOf(property: YAMLMap): DescribedColumn {
  return {
    name: nameOf(property),
    ...describedIn(property),
    ...(typeof property.get('physicalType') === 'string'
      ? { type: String(property.get('physicalType')) }
      : {}),
    private: isMarkedPrivate(property),
  };
}

function describedIn(node: YAMLMap): { readonly description?: string } {
  const description = node.get('description');
  return typeof description === 'string' ? { description } : {};
}

const duplicate = (rules: readonly CheckRule[], id: string) =>
  rules.some((rule) => rule.id === id)
    ? `the id "${id}" is used twice; the second rule is not run.`
    : undefined;

const inLine = (file: string, line: number, says: string) => `${basename(file)}, line ${line}: ${says}`;

const lineOf = (node: Node, text: string) => text.slice(0, node.range?.[0] ?? 0).split('\n').length;

/** What properties say beyond the quality entries, which may say the same and more. */
export const unsaid = (object: YAMLMap, rules: readonly CheckRule[]): PropertyRule[] =>
  propertyRules(
    object,
    rules.map(({ id }) => id),
  ).filter(({ rule }) => !rules.some((own) => saysAll(own, rule)));

/** True where a rule fails wherever a promise would: of all rows, without a tolerance, with every setting of the promise. A rule on the columns is the last word about them. */
const saysAll = (own: CheckRule, promised: CheckRule): boolean =>
  own.kind === promised.kind && (own.kind === 'columns' || saysEach(own, promised));

const saysEach = (own: CheckRule, promised: CheckRule): boolean =>
  own.where === undefined &&
  own.failAbove === 0 &&
  Object.entries(promised.params).every(
    ([name, value]) => isOpen(value) || String(own.params[name]) === String(value),
  );

const isOpen = (value: unknown) => value === null || value === '' || value === false;

/** What an entry says, as a rule, or what is wrong with it. */
export function readEntry(entry: OwnEntry, table: string): CheckRule | Fault {
  const { node, property, id } = entry;
  if (!isStandard(node)) return ownRule(node);
  const read = isSqlEntry(node) ? sqlRule(node, table, property, id) : libraryRule(entry);
  return 'fault' in read ? { fault: `this rule cannot be run: ${read.fault}.` } : read;
}
