import { useState } from 'react';
import { isMoment } from '../../../shared/column.ts';
import type { Target } from '../../../shared/contract/workspace.ts';
import { ParamForm } from '../../forms/param-form.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { useEngine, useEngineAction } from '../../use-engine.ts';
import { settingsOf, tableShape, valuesOf, withTable } from './table-settings.ts';

/** How one table goes to a target: what becomes of rows that are there, and of its columns. */
export function TableDialog(props: {
  readonly target: Target;
  readonly table: string;
  readonly onClose: () => void;
}) {
  const { target, table, onClose } = props;
  const before = target.tables?.[table] ?? {};
  const [values, setValues] = useState(() => valuesOf(before));
  const tables = useEngine('tables', 'list', {}).data ?? [];
  const columns = tables.find(({ name }) => name === table)?.columns ?? [];
  const moments = columns.filter(({ type }) => isMoment(type));
  const { run, busy, problem } = useEngineAction('workspace', 'saveTarget');
  const save = async () => {
    await run({ target: withTable(target, table, settingsOf(values, before)) });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`How ${table} goes to ${target.name}`}
      says="Kept in assay.yaml, with the target."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={busy} onClick={() => void save().catch(() => undefined)}>
            Save
          </Button>
        </>
      }
    >
      <ParamForm shape={tableShape} values={values} onChange={setValues} inputs={[columns, moments]} />
      {problem && <ProblemView problem={problem} />}
    </Dialog>
  );
}
