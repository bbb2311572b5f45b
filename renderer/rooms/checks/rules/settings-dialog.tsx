import { useState } from 'react';
import { create } from 'zustand';
import { type CheckSettings, runMoments } from '../../../../shared/contract/workspace.ts';
import { toProblem } from '../../../../shared/problem.ts';
import { engine } from '../../../engine.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { roomsChanged, useEngine } from '../../../use-engine.ts';
import styles from './settings-dialog.module.css';

/** Whose settings are open: a table's, or with '' the workspace's. */
const useOpen = create<{ readonly of: string | undefined }>(() => ({ of: undefined }));

/** Asks about the file as it is now, whoever wrote it. */
async function open(of: string): Promise<void> {
  await roomsChanged(['workspace']);
  useOpen.setState({ of });
}

/** Asks when all checks run, and who is told. */
export const editCheckSettings = () => void open('');

/** Asks when a table's checks run, who owns it and whether it is critical. */
export const editTableSettings = (table: string) => void open(table);

const close = () => useOpen.setState({ of: undefined });

/** When checks run by themselves and who is told; written into assay.yaml. */
export function SettingsDialog() {
  const of = useOpen((state) => state.of);
  const { data } = useEngine('workspace', 'info', {});
  if (of === undefined || !data) return null;
  return <OpenDialog key={of} table={of} before={data.checks} />;
}

function OpenDialog({ table, before }: { readonly table: string; readonly before: CheckSettings }) {
  const [settings, change] = useState(before);
  const [thrown, setThrown] = useState<unknown>();
  const save = async () => {
    try {
      await engine.workspace.saveChecks({ checks: settings });
      close();
    } catch (failed) {
      setThrown(failed);
    }
  };
  return (
    <Dialog
      open
      onClose={close}
      title={table === '' ? 'When checks run, and who is told' : `Checks of ${table}`}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        {table === '' ? (
          <OfWorkspace settings={settings} onChange={change} />
        ) : (
          <OfTable table={table} settings={settings} onChange={change} />
        )}
        {thrown !== undefined && <ProblemView problem={toProblem(thrown)} />}
      </div>
    </Dialog>
  );
}

interface FormProps {
  readonly settings: CheckSettings;
  readonly onChange: (settings: CheckSettings) => void;
}

type Moments = CheckSettings['runAfter'];

const words = { import: 'after an import', pipeline: 'after a pipeline run', save: 'when rules are saved' };

function MomentBoxes(props: { readonly value: Moments; readonly onChange: (value: Moments) => void }) {
  const { value, onChange } = props;
  return (
    <fieldset className={styles['group']}>
      <legend>Checks run by themselves</legend>
      {runMoments.map((moment) => (
        <Checkbox
          key={moment}
          label={words[moment]}
          checked={value.includes(moment)}
          onChange={(on) => onChange(runMoments.filter((one) => (one === moment ? on : value.includes(one))))}
        />
      ))}
    </fieldset>
  );
}

function OfWorkspace({ settings, onChange }: FormProps) {
  const { alerts } = settings;
  const told = (changed: Partial<typeof alerts>) =>
    onChange({ ...settings, alerts: { ...alerts, ...changed } });
  return (
    <>
      <MomentBoxes value={settings.runAfter} onChange={(runAfter) => onChange({ ...settings, runAfter })} />
      <fieldset className={styles['group']}>
        <legend>When a rule begins to fail</legend>
        <Checkbox
          label="show a notification of the desktop"
          checked={alerts.desktop}
          onChange={(desktop) => told({ desktop })}
        />
      </fieldset>
      <TextField
        label="Run a command"
        help="It gets what failed as JSON on its standard input, and runs only on computers that allowed it."
        value={alerts.command ?? ''}
        onChange={(command) => told({ command: command.trim() === '' ? undefined : command })}
      />
      <TextField
        label="Post to an address"
        help="What failed as JSON. Empty: nothing leaves this computer."
        value={alerts.webhook ?? ''}
        onChange={(webhook) => told({ webhook: webhook.trim() === '' ? undefined : webhook.trim() })}
      />
    </>
  );
}

function OfTable({ table, settings, onChange }: FormProps & { readonly table: string }) {
  const own = settings.tables[table] ?? {};
  const put = (changed: Partial<typeof own>) =>
    onChange({ ...settings, tables: { ...settings.tables, [table]: { ...own, ...changed } } });
  return (
    <>
      <MomentBoxes value={own.runAfter ?? settings.runAfter} onChange={(runAfter) => put({ runAfter })} />
      <Checkbox
        label="critical: it has to be fresh within the hour"
        checked={own.critical ?? false}
        onChange={(critical) => put({ critical })}
      />
      <TextField
        label="Owner"
        help="Who is asked about it."
        value={own.owner ?? ''}
        onChange={(owner) => put({ owner: owner === '' ? undefined : owner })}
      />
    </>
  );
}
