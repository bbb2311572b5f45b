import { ruleId } from '../../../shared/rule-id.ts';
import { openNewChart } from '../../charts/open-chart.ts';
import { engine } from '../../engine.ts';
import { prompt } from '../../ui/ask.tsx';
import { toast } from '../../ui/toast.tsx';
import { openTab } from '../../workspace/tabs.ts';
import type { Result } from './outcome.ts';
import { quotedName } from './quoted-name.ts';

/** The statement with its values, so that it means the same wherever it is kept. */
const textOf = async ({ text, values }: Result) => (await engine.query.bound({ text, values })).text;

/** Writes what the statement gives as a table or keeps it as a view, and opens it. */
export async function makeRelation(one: Result, kind: 'table' | 'view'): Promise<void> {
  const taken = (await engine.tables.list({})).map(({ name }) => name);
  const name = await prompt({
    title: kind === 'table' ? 'Make a table of all rows' : 'Make a view',
    says:
      kind === 'table'
        ? 'The statement is run once more and all of its rows are written, not only those that are shown.'
        : 'It runs the statement whenever it is read.',
    label: 'Name',
    action: kind === 'table' ? 'Make table' : 'Make view',
    validate: (text) => (taken.includes(text) ? `There is a table "${text}" already.` : undefined),
  });
  if (!name) return;
  const text = `create ${kind} ${quotedName(name)} as\n${await textOf(one)}`;
  await engine.query.run({ text, writing: 'undoable' });
  if (kind === 'table') openTab({ kind: 'table', key: name, title: name });
  else
    toast({
      title: `The view ${name} is there`,
      detail: `Queries and pipelines can read it: select * from ${quotedName(name)}`,
    });
}

/** Makes the statement the first step of a new pipeline, and opens it. */
export async function makePipeline(one: Result): Promise<void> {
  const taken = (await engine.pipelines.list({})).map(({ name }) => name);
  const name = await prompt({
    title: 'New pipeline from this statement',
    label: 'Name',
    action: 'Create',
    validate: (text) => (taken.includes(text) ? 'There is a pipeline of this name already.' : undefined),
  });
  if (!name) return;
  const query = await textOf(one);
  await engine.pipelines.save({
    pipeline: {
      version: 1,
      name,
      steps: [{ id: 'query', kind: 'source-query', inputs: [], params: { query } }],
    },
  });
  openTab({ kind: 'pipeline', key: name, title: name });
}

/** Opens a first chart of what the statement gives. */
export async function makeChart(one: Result): Promise<void> {
  await openNewChart({ query: await textOf(one) }, one.result.columns);
}

/** Why a statement cannot be a check, if it cannot. */
export const checkFault = ({ result }: Result): string | undefined =>
  result.columns.some(({ name }) => name === '_row') ? undefined : 'select _row of the bad rows';

/** Makes the rows that the statement finds bad rows of a table, and opens the table's checks. */
export async function makeCheck(one: Result): Promise<void> {
  const tables = (await engine.tables.list({})).map(({ name }) => name);
  const named = tables.filter((name) => one.text.includes(name)).sort((a, b) => b.length - a.length);
  const table = await prompt({
    title: 'Check that this finds nothing',
    says: 'Every row of the table whose _row the statement gives is bad.',
    label: 'Table',
    initial: named[0] ?? '',
    action: 'Add check',
    validate: (name) => (tables.includes(name) ? undefined : `There is no table "${name}".`),
  });
  if (!table) return;
  const rules = (await engine.checks.list({})).find((listed) => listed.table === table)?.rules ?? [];
  const id = ruleId(
    'query',
    [],
    rules.map((rule) => rule.id),
  );
  const query = await textOf(one);
  await engine.checks.save({ table, rules: [...rules, { id, kind: 'custom_sql', params: { query } }] });
  openTab({ kind: 'checks', key: table, title: table, data: { check: id } });
}
