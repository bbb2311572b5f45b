import { useState } from 'react';
import { named } from '../../../shared/by-name.ts';
import type { Misfit, Parameter } from '../../../shared/contract/query.ts';
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
  readonly misfits: (values: ParameterValues) => Promise<readonly Misfit[]>;
  readonly answer: (values: ParameterValues | null) => void;
}) {
  const { parameters, remembered, misfits, answer } = props;
  const [faults, setFaults] = useState<readonly Misfit[]>([]);
  const [values, setValues] = useState<ParameterValues>(() =>
    Object.fromEntries(
      parameters.map(({ name }) => [
        name,
        named(remembered, name) === undefined ? '' : (named(remembered, name) ?? null),
      ]),
    ),
  );
  const set = (name: string, value: string | null) => {
    setFaults((before) => before.filter((fault) => fault.name !== name));
    setValues((before) => ({ ...before, [name]: value }));
  };
  const run = async () => {
    const found = await misfits(values);
    if (found.length === 0) answer(values);
    else setFaults(found);
  };
  return (
    <Dialog
      open
      onClose={() => answer(null)}
      title="Values for this query"
      says="Types are as PostgreSQL infers them; write a cast such as :day::date to choose another."
      actions={
        <>
          <Button onClick={() => answer(null)}>Cancel</Button>
          <Button kind="primary" onClick={() => void run()}>
            Run
          </Button>
        </>
      }
    >
      {parameters.map(({ name, type }) => (
        <Value
          key={name}
          label={`${name} · ${type}`}
          value={named(values, name) ?? null}
          example={exampleOf(type)}
          fault={faults.find((fault) => fault.name === name)?.message}
          onChange={(value) => set(name, value)}
          onEnter={() => void run()}
        />
      ))}
    </Dialog>
  );
}

function Value(props: {
  readonly label: string;
  readonly value: string | null;
  readonly example: string | undefined;
  readonly fault: string | undefined;
  readonly onChange: (value: string | null) => void;
  readonly onEnter: () => void;
}) {
  const { label, value, example, fault, onChange, onEnter } = props;
  return (
    <div className={styles['value']}>
      <TextField
        mono
        {...{ label, onChange, onEnter }}
        value={value ?? ''}
        placeholder={value === null ? 'null' : example}
        disabled={value === null}
        error={fault}
      />
      <Checkbox label="null" checked={value === null} onChange={(isNull) => onChange(isNull ? null : '')} />
    </div>
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
