import { useState } from 'react';
import { named } from '../../../shared/by-name.ts';
import type { Parameter } from '../../../shared/contract/query.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useValueQuestion } from './ask-values.ts';
import type { ParameterValues } from './outcome.ts';
import styles from './query-view.module.css';

/** Where the values of a query's parameters are asked for. */
export function ValuesDialog() {
  const { question, asked } = useValueQuestion();
  return question && <Values key={asked} {...question} />;
}

function Values(props: {
  readonly parameters: readonly Parameter[];
  readonly remembered: ParameterValues;
  readonly answer: (values: ParameterValues | null) => void;
}) {
  const { parameters, remembered, answer } = props;
  const [values, setValues] = useState<ParameterValues>(() =>
    Object.fromEntries(
      parameters.map(({ name }) => [
        name,
        named(remembered, name) === undefined ? '' : (named(remembered, name) ?? null),
      ]),
    ),
  );
  const set = (name: string, value: string | null) => setValues((before) => ({ ...before, [name]: value }));
  const run = () => answer(values);
  return (
    <Dialog
      open
      onClose={() => answer(null)}
      title="Values for this query"
      says="Types are as PostgreSQL infers them; write a cast such as :day::date to choose another."
      actions={
        <>
          <Button onClick={() => answer(null)}>Cancel</Button>
          <Button kind="primary" onClick={run}>
            Run
          </Button>
        </>
      }
    >
      {parameters.map(({ name, type }) => (
        <div key={name} className={styles['value']}>
          <TextField
            label={`${name} · ${type}`}
            mono
            value={named(values, name) ?? ''}
            placeholder={named(values, name) === null ? 'null' : exampleOf(type)}
            disabled={named(values, name) === null}
            onChange={(value) => set(name, value)}
            onEnter={run}
          />
          <Checkbox
            label="null"
            checked={named(values, name) === null}
            onChange={(isNull) => set(name, isNull ? null : '')}
          />
        </div>
      ))}
    </Dialog>
  );
}

const examples: Readonly<Record<string, string>> = {
  date: '2024-12-31',
  boolean: 'true',
  integer: '42',
  bigint: '42',
  numeric: '12.50',
  'timestamp without time zone': '2024-12-31 18:00',
  'timestamp with time zone': '2024-12-31 18:00+01',
};

/** A list is written as PostgreSQL reads one. */
const exampleOf = (type: string): string | undefined =>
  type.endsWith('[]') ? `{${examples[type.slice(0, -2)] ?? 'red'},…}` : examples[type];
