import { useState } from 'react';
import type { Column } from '../../../shared/column.ts';
import type { Filter } from '../../../shared/view/filters.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { TypeGlyph } from '../../ui/type-glyph.tsx';
import { type Answers, answersOf, filterOf, withTurned } from './answers.ts';
import { type Condition, conditionsFor } from './conditions.ts';
import styles from './filter-bar.module.css';
import { ValueOffers } from './value-offers.tsx';

/** What is being written: a new filter, or another one in place of one that is there. */
export interface FilterDraft {
  readonly column: string;
  readonly at: number | undefined;
  readonly filter: Filter | undefined;
}

/** Writes one filter: a column, what is asked of it, and the values. */
export function FilterDialog(props: {
  readonly table: string;
  readonly draft: FilterDraft;
  readonly columns: readonly Column[];
  readonly onClose: () => void;
  readonly onDone: (filter: Filter, at: number | undefined) => void;
}) {
  const { table, draft, columns, onClose, onDone } = props;
  const [column, setColumn] = useState(draft.column);
  const [answers, setAnswers] = useState(() => answersOf(draft.filter));
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [fault, setFault] = useState<string | undefined>(undefined);
  const type = columns.find(({ name }) => name === column)?.type ?? 'text';
  const offered = conditionsFor(type, draft.column === column ? draft.filter : undefined);
  const written = draft.filter && offered.find(({ is }) => is(draft.filter as Filter));
  const condition = (offered.find(({ id }) => id === chosen) ?? written ?? offered[0]) as Condition;
  const done = () => {
    const made = filterOf(condition, column, type, answers, draft.filter);
    if (typeof made === 'string') setFault(made);
    else onDone(made, draft.at);
  };
  const actions = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button kind="primary" onClick={done}>
        {draft.at === undefined ? 'Filter' : 'Change'}
      </Button>
    </>
  );
  const change = (next: Partial<Answers>) => {
    setFault(undefined);
    setAnswers((before) => ({ ...before, ...next }));
  };
  return (
    <Dialog open onClose={onClose} title="Filter rows" actions={actions}>
      <div className={styles['form']}>
        <Combobox
          label="Column"
          value={column}
          onChange={setColumn}
          options={columns.map(({ name, type: of }) => ({
            value: name,
            label: name,
            icon: <TypeGlyph type={of} />,
          }))}
        />
        <Select
          label="Condition"
          value={condition.id}
          onChange={setChosen}
          options={offered.map(({ id, label }) => ({ value: id, label }))}
        />
        <Fields {...{ table, column, condition, answers, change, fault, done }} />
      </div>
    </Dialog>
  );
}

interface FieldsProps {
  readonly table: string;
  readonly column: string;
  readonly condition: Condition;
  readonly answers: Answers;
  readonly change: (next: Partial<Answers>) => void;
  readonly fault: string | undefined;
  readonly done: () => void;
}

const units = ['day', 'week', 'month', 'year'].map((value) => ({ value, label: `${value}s` }));

function Fields({ table, column, condition, answers, change, fault, done }: FieldsProps) {
  const { asks, kind } = condition;
  const { one, ignoreCase } = answers;
  const first = {
    value: one,
    onChange: (next: string) => change({ one: next }),
    error: fault,
    onEnter: done,
  };
  if (asks === 'nothing') return null;
  if (asks === 'values')
    return (
      <>
        <TextField {...first} label="Values" help="One a line; null and the empty text below." lines={4} />
        <ValueOffers
          {...{ table, column, answers }}
          onTurn={(value, rest) => change(withTurned(answers, value, rest))}
        />
      </>
    );
  if (asks === 'ends' || asks === 'span')
    return <Pair {...{ table, column, condition, answers, change, fault, done }} />;
  return (
    <>
      <TextField
        {...first}
        label={kind === 'matches' ? 'Pattern' : 'Value'}
        mono={kind === 'matches'}
        autoFocus
      />
      {asks === 'text' && kind !== 'matches' && (
        <Checkbox
          label="Ignore case"
          checked={ignoreCase}
          onChange={(next) => change({ ignoreCase: next })}
        />
      )}
    </>
  );
}

function Pair({ condition: { asks }, answers, change, fault, done }: FieldsProps) {
  const { one, two, fromOpen, toOpen } = answers;
  const first = {
    value: one,
    onChange: (next: string) => change({ one: next }),
    error: fault,
    onEnter: done,
  };
  if (asks === 'span')
    return (
      <div className={styles['pair']}>
        <TextField {...first} label="How many" autoFocus />
        <Select
          label="Of what"
          value={two || 'day'}
          onChange={(next) => change({ two: next })}
          options={units}
        />
      </div>
    );
  return (
    <div className={styles['pair']}>
      <TextField {...first} label="From" autoFocus />
      <TextField label="To" value={two} onChange={(next) => change({ two: next })} onEnter={done} />
      <Checkbox
        label="Not this value itself (>)"
        checked={fromOpen}
        onChange={(next) => change({ fromOpen: next })}
      />
      <Checkbox
        label="Not this value itself (<)"
        checked={toOpen}
        onChange={(next) => change({ toOpen: next })}
      />
    </div>
  );
}
