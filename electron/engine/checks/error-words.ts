import type { Problem } from '../../../shared/problem.ts';

/** What an error of PostgreSQL means for a rule, and what to do, by its code or the class of it. */
const words: Readonly<Record<string, readonly [says: string, hint: string]>> = {
  '22012': ['It divides by zero in some row.', 'Guard the divisor: nullif(x, 0) makes the result null.'],
  '2201B': ['Its regular expression is none that PostgreSQL knows.', 'Mend the pattern.'],
  '22P02': [
    'Some value cannot be read as the type that the rule needs.',
    'Give the rule a condition on its rows, or check the values by a rule on their form first.',
  ],
  '22': [
    'Some value does not suit what the rule computes with it.',
    'Give the rule a condition on its rows that leaves such values out.',
  ],
  '42703': ['It names a column that is not there.', 'Edit the rule, or bring the column back.'],
  '42P01': ['It reads a table that is not there.', 'Edit the rule, or make the table.'],
  '42601': ['Its SQL is not written as SQL has to be.', 'Edit the rule.'],
  '42883': [
    'It applies a function or an operator that does not exist for these types.',
    'Edit the rule, or cast the values: column::numeric, say.',
  ],
  '42': ['Its SQL does not fit the tables as they are.', 'Edit the rule.'],
  '21': ['Its sub-select gives several rows where one is needed.', 'Edit the rule so that it gives one.'],
  '53': ['There was not enough memory or disk for it.', 'Give the rule a condition on its rows.'],
  '54': ['It is larger than PostgreSQL allows.', 'Give the rule fewer values or a shorter text.'],
};

const otherwise = [
  'PostgreSQL could not evaluate it.',
  'Edit the rule, or look at the rows that it reads.',
] as const;

/** Why a rule could not be evaluated, for people: what happened and what to do, and PostgreSQL's own words behind. */
export function errorWords({ message, hint, at }: Problem): string {
  const state = at?.sqlstate;
  if (state === undefined) return hint ? `${message} ${hint}` : message;
  const [says, act] = words[state] ?? words[state.slice(0, 2)] ?? otherwise;
  const end = /[.!?]$/.test(message) ? '' : '.';
  return `${says} ${hint ?? act} PostgreSQL says: ${message}${end}`;
}
