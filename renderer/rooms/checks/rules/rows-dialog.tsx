import { useState } from 'react';
import type { CheckedRows } from '../../../../shared/contract/checked-rows.ts';
import { rejectsOf } from '../../../../shared/define-step.ts';
import { toProblem } from '../../../../shared/problem.ts';
import { steps } from '../../../../shared/registry.ts';
import { titleOf } from '../../../../shared/step-words.ts';
import { Button } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { useEngine } from '../../../use-engine.ts';
import { checkRows } from './check-rows.ts';
import { closeRowsDialog, type RowsDialogState, useRowsDialog } from './rows-dialog-state.ts';
import styles from './settings-dialog.module.css';

/** Asks for the query or the step whose rows are to be checked. */
export default function RowsDialog() {
  const open = useRowsDialog((state) => state.open);
  const queries = useEngine('query', 'list', {}, { enabled: open !== undefined });
  const pipelines = useEngine('pipelines', 'list', {}, { enabled: open !== undefined });
  if (!open || !queries.data || !pipelines.data) return null;
  return (
    <OpenDialog
      open={open}
      queries={queries.data.map(({ name }) => name)}
      pipelines={pipelines.data.map(({ name }) => name)}
    />
  );
}

interface Choices {
  readonly open: NonNullable<RowsDialogState['open']>;
  readonly queries: readonly string[];
  readonly pipelines: readonly string[];
}

/** A query or a pipeline in one list. */
const optionsOf = ({ queries, pipelines }: Choices) => [
  ...queries.map((name) => ({ value: `query ${name}`, label: name, group: 'Queries' })),
  ...pipelines.map((name) => ({ value: `pipeline ${name}`, label: name, group: 'Pipelines' })),
];

function OpenDialog(choices: Choices) {
  const { pipeline } = choices.open;
  const [from, setFrom] = useState<string | null>(pipeline === undefined ? null : `pipeline ${pipeline}`);
  const [step, setStep] = useState<string | null>(null);
  const [thrown, setThrown] = useState<unknown>();
  const [kind, name = ''] = from === null ? [] : from.split(/ (.*)/s);
  const stepOptions = useStepOptions(kind === 'pipeline' ? name : undefined);
  const of: CheckedRows | undefined =
    kind === 'query' ? { query: name } : step !== null ? { pipeline: name, step } : undefined;
  const begin = async () => {
    if (!of) return;
    try {
      await checkRows(of, 'query' in of ? name : `${name} ${step}`);
      closeRowsDialog();
    } catch (failed) {
      setThrown(failed);
    }
  };
  return (
    <Dialog
      open
      onClose={closeRowsDialog}
      title="Check a query or a step"
      actions={
        <>
          <Button onClick={closeRowsDialog}>Cancel</Button>
          <Button kind="primary" disabled={!of} onClick={() => void begin()}>
            Write a rule
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        <Combobox
          label="Rows of"
          help="A query in queries/, or a pipeline; they are computed anew each time they are checked."
          none="There are no queries and no pipelines yet."
          value={from}
          options={optionsOf(choices)}
          onChange={(next) => {
            setFrom(next);
            setStep(null);
          }}
        />
        {kind === 'pipeline' && (
          <Combobox
            label="Step"
            help="What leaves it, from the tables as they are; nothing is written."
            value={step}
            options={stepOptions}
            onChange={setStep}
          />
        )}
        {thrown !== undefined && <ProblemView problem={toProblem(thrown)} />}
      </div>
    </Dialog>
  );
}

/** Every output of every step of a pipeline. */
function useStepOptions(pipeline: string | undefined) {
  const { data } = useEngine(
    'pipelines',
    'read',
    { name: pipeline ?? '' },
    { enabled: pipeline !== undefined },
  );
  return (data?.steps ?? []).flatMap((step) => {
    const definition = steps.get(step.kind);
    if (definition?.writes) return [];
    const aside = definition?.title ?? step.kind;
    const rejects = definition ? [...rejectsOf(definition).keys()] : [];
    return [
      { value: step.id, label: titleOf(step), aside },
      ...rejects.map((output) => ({
        value: `${step.id}.${output}`,
        label: `${titleOf(step)}: ${output}`,
        aside,
      })),
    ];
  });
}
