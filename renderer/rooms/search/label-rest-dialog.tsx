import { useState } from 'react';
import { typeFamily } from '../../../shared/column.ts';
import type { Collection, LabelPrediction } from '../../../shared/contract/search.ts';
import { counted } from '../../../shared/number-words.ts';
import { Button } from '../../ui/button.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useEngine } from '../../use-engine.ts';
import { closeCollectionDialog } from './collection-dialog.ts';
import styles from './label-rest.module.css';
import { LabelledParts } from './labelled-parts.tsx';
import { writePredicted } from './write-predicted.ts';

/** Labels rows by the rows that have a label; what comes of it is shown, and how well it goes, before it is written. */
export function LabelRestDialog({ collection }: { readonly collection: Collection }) {
  const { name, table } = collection;
  const { data } = useEngine('tables', 'list', {});
  const texts = (data?.find((one) => one.name === table)?.columns ?? []).filter(
    ({ type, name: own }) => typeFamily(type) === 'text' && !collection.textColumns.includes(own),
  );
  const [draft, setDraft] = useState<Draft>({ column: null, into: '', least: 0 });
  const { column, least } = draft;
  const question = { collection: name, column: column ?? '', least: least ?? 0 };
  const { data: told, problem } = useEngine('search', 'predictLabels', question, {
    enabled: column !== null,
    keepPrevious: true,
    also: ['tables'],
  });
  const into = draft.into.trim();
  const ready = told !== undefined && !problem && told.column === column && told.predicted > 0 && into !== '';
  const write = () => {
    closeCollectionDialog();
    void writePredicted(table, { ...question, into });
  };
  return (
    <Dialog
      open
      wide
      onClose={closeCollectionDialog}
      title={`Label the rest of ${table}`}
      says={`Rows of ${table} that have a label are the examples; every other row gets the label whose examples are nearest in meaning.`}
      actions={
        <>
          <Button onClick={closeCollectionDialog}>Cancel</Button>
          <Button kind="primary" disabled={!ready} onClick={write}>
            {told && ready ? `Write ${counted(told.predicted, 'label')}` : 'Write'}
          </Button>
        </>
      }
    >
      <Fields texts={texts.map((one) => one.name)} draft={draft} onChange={setDraft} />
      <Told told={column === null ? undefined : told} problem={problem} />
    </Dialog>
  );
}

interface Draft {
  readonly column: string | null;
  readonly into: string;
  readonly least: number | null;
}

function Fields(props: {
  readonly texts: readonly string[];
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}) {
  const { texts, draft, onChange } = props;
  return (
    <div className={styles['fields']}>
      <Combobox
        label="Labels are in"
        value={draft.column}
        onChange={(column) => onChange({ ...draft, column, into: `${column}_predicted` })}
        options={texts.map((value) => ({ value, label: value }))}
      />
      <TextField label="Write to" value={draft.into} onChange={(into) => onChange({ ...draft, into })} />
      <NumberField
        label="Least margin"
        help="Over the second label; below it a row gets none."
        value={draft.least}
        onChange={(least) => onChange({ ...draft, least })}
        min={0}
        max={2}
        step={0.01}
      />
    </div>
  );
}

function Told(props: {
  readonly told: LabelPrediction | undefined;
  readonly problem: Parameters<typeof ProblemView>[0]['problem'] | undefined;
}) {
  const { told, problem } = props;
  if (problem) return <ProblemView problem={problem} />;
  if (told) return <LabelledParts told={told} />;
  return (
    <p className={styles['says']}>
      Choose the column with the labels. A few examples of each are enough; drawing around documents on the
      map gives them.
    </p>
  );
}
