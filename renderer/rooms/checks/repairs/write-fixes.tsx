import { Workflow } from 'lucide-react';
import { useState } from 'react';
import { count, counted } from '../../../../shared/number-words.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { useEngine } from '../../../use-engine.ts';
import type { FixLine } from './repairs.ts';
import styles from './repairs-view.module.css';
import { writeFixes } from './use-repairs.ts';

const fresh = ' new';

/** Writes what is accepted into a pipeline: a new one, or one that there is. */
export function WriteFixes(props: {
  readonly table: string;
  readonly lines: readonly FixLine[];
  readonly onWritten: () => void;
}) {
  const { table, lines, onWritten } = props;
  const pipelines = useEngine('pipelines', 'list', {});
  const [into, setInto] = useState(fresh);
  const [busy, setBusy] = useState(false);
  const own = `${table} corrected`;
  const others = (pipelines.data ?? []).filter(({ problem, name }) => !problem && name !== own);
  const there = pipelines.data?.some(({ name }) => name === own) ?? false;
  const options = [
    { value: fresh, label: own, aside: there ? '' : 'new' },
    ...others.map(({ name }) => ({ value: name, label: name })),
  ];
  const cells = lines.reduce((sum, { reach }) => sum + reach, 0);
  const write = async () => {
    setBusy(true);
    const written = await writeFixes(table, lines, into === fresh ? undefined : into);
    setBusy(false);
    if (written) onWritten();
  };
  return (
    <span className={styles['write']}>
      <span className={styles['says']} role="status">
        {lines.length === 0
          ? 'None accepted yet'
          : `${counted(lines.length, 'fix', 'fixes')} accepted, ${counted(cells, 'cell')}`}
      </span>
      <Select label="Pipeline" hideLabel value={into} onChange={setInto} options={options} />
      <Button
        small
        kind="primary"
        icon={Workflow}
        busy={busy}
        disabled={lines.length === 0}
        onClick={() => void write()}
      >
        Add {lines.length > 0 ? count(lines.length) : ''} to the pipeline
      </Button>
    </span>
  );
}
