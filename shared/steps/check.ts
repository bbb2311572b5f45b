import { defineStep, inputAt } from '../define-step.ts';
import { choice, expression, list, literal } from '../params.ts';
import { expression as fenced, join, type Sql, sql } from '../sql.ts';

interface Rule {
  readonly condition: string;
  readonly says: string;
}

const wordsOf = ({ condition, says }: Rule): string => says || condition.replaceAll(/\s+/g, ' ');

/** True where a row keeps every rule; unknown counts as broken. */
const keepsAll = (rules: readonly Rule[]): Sql =>
  join(
    rules.map(({ condition }) => sql`${fenced(condition)} is true`),
    sql`
  and `,
  );

/** Ends the run at the first row that breaks a rule. */
const refusing = (rules: readonly Rule[]): Sql =>
  join(
    rules.map(
      (rule) =>
        sql`case when ${fenced(rule.condition)} is true then true else assay.refuse(${`A row breaks the rule: ${wordsOf(rule)}`}) end`,
    ),
    sql`
  and `,
  );

const orders = {
  types: { id: 'integer', amount: 'integer' },
  rows: [
    { id: 1, amount: 5 },
    { id: 2, amount: -1 },
    { id: 3, amount: null },
  ],
};

export default defineStep({
  title: 'Gate',
  group: 'rows',
  icon: 'shield-check',
  words: 'check rule validate assert test quality expectation',
  help: 'Lets rows pass that keep every rule. The others leave by the rejects, or end the run so that no table is written.',
  params: {
    rules: list('Rules', 'SQL conditions that must be true.', {
      condition: expression('Condition', 'True for a good row.', { placeholder: 'amount >= 0' }),
      says: literal('In words', 'What the message says; left empty, the condition.', { optional: true }),
    }),
    broken: choice('Rows that break one', 'What happens.', {
      reject: 'Leave by the rejects',
      stop: 'End the run',
    }),
  },
  columns: ([input]) => input ?? [],
  sql: (inputs, { rules, broken }) => sql`select *
from ${inputAt(inputs, 0).from} as input
where ${broken === 'stop' ? refusing(rules) : keepsAll(rules)}`,
  rejects: {
    title: 'Rows that break a rule',
    sql: (inputs, { rules, broken }) => sql`select *
from ${inputAt(inputs, 0).from} as input
where ${broken === 'reject'} and not (${keepsAll(rules)})`,
  },
  grows: () => [0],
  summary: ({ rules, broken }) => `${rules.map(wordsOf).join(', ')}${broken === 'stop' ? ', or stop' : ''}`,
  examples: [
    {
      says: 'sends rows that break a rule, or cannot say, to the rejects',
      params: { rules: [{ condition: 'amount >= 0', says: 'amounts are not negative' }], broken: 'reject' },
      inputs: [orders],
      output: [{ id: 1, amount: 5 }],
      rejects: [
        { id: 2, amount: -1 },
        { id: 3, amount: null },
      ],
    },
    {
      says: 'lets all pass where none breaks a rule',
      params: { rules: [{ condition: 'id > 0', says: '' }], broken: 'stop' },
      inputs: [orders],
      output: orders.rows,
      rejects: [],
    },
  ],
});
