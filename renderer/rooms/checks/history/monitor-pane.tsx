import { Flag, FlagOff } from 'lucide-react';
import { useState } from 'react';
import type { MonitorHistory, MonitorValue } from '../../../../shared/contract/monitors.ts';
import { measured } from '../../../../shared/finding-words.ts';
import { counted } from '../../../../shared/number-words.ts';
import { checks } from '../../../../shared/registry.ts';
import { engine } from '../../../engine.ts';
import { prompt } from '../../../ui/ask.tsx';
import { Button } from '../../../ui/button.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toastProblem } from '../../../ui/toast.tsx';
import { useEngine } from '../../../use-engine.ts';
import type { RuleState } from '../verdicts/board.ts';
import styles from './history.module.css';
import { MonitorLine } from './monitor-line.tsx';
import { useFrame } from './use-frame.ts';

/** What a monitor remembers, with the band that each value was expected in; incidents are marked here. */
export function MonitorPane({ state: { table, rule } }: { readonly state: RuleState }) {
  const of = { table, check: rule.id };
  const { data, problem } = useEngine('checks', 'monitor', of, { keepPrevious: true });
  const [chosen, choose] = useState<string>();
  const { box, frame } = useFrame();
  const unit = checks.get(rule.kind)?.unit?.(rule.params) ?? '';
  const value = data?.values.find(({ at }) => at === chosen) ?? data?.values[0];
  return (
    <section className={styles['pane']} aria-label="History">
      <header className={styles['head']}>
        <h3>Measured</h3>
        <span>{data ? saysValues(data) : ''}</span>
      </header>
      {problem && <ProblemView problem={problem} />}
      <div ref={box} className={styles['box']}>
        {!data && !problem && <Skeleton lines={3} />}
        {data && data.values.length > 0 && frame.width > 120 && frame.height > 60 && (
          <MonitorLine values={data.values} unit={unit} frame={frame} chosen={value?.at} onChoose={choose} />
        )}
        {data?.values.length === 0 && (
          <p className={styles['none']}>Nothing is remembered yet: each load of the table is, from now on.</p>
        )}
      </div>
      {value && <Chosen of={of} value={value} unit={unit} />}
    </section>
  );
}

function saysValues({ values, needed }: MonitorHistory): string {
  const usual = values.filter(({ incident }) => incident === null).length;
  const few = usual <= needed ? ` · ${needed} needed before the first is judged` : '';
  return `${counted(values.length, 'load')}${few}`;
}

/** The value that was chosen in the line, and whether it is an incident. */
function Chosen(props: {
  readonly of: { readonly table: string; readonly check: string };
  readonly value: MonitorValue;
  readonly unit: string;
}) {
  const { of, value, unit } = props;
  const mark = async (note: string | null) => {
    try {
      await engine.checks.incident({ ...of, at: value.at, note });
    } catch (thrown) {
      toastProblem(thrown, 'The value was not marked');
    }
  };
  const ask = async () => {
    const note = await prompt({
      title: 'Mark as an incident',
      says: 'It is left out of what later values are held against.',
      label: 'What happened',
      initial: 'Faulty load',
      action: 'Mark',
    });
    if (note?.trim()) await mark(note.trim());
  };
  return (
    <footer className={styles['chosen']}>
      <span className={styles['chosenWords']} title={saysValue(value, unit)}>
        {saysValue(value, unit)}
      </span>
      {value.incident === null ? (
        <Button small kind="quiet" icon={Flag} onClick={() => void ask()}>
          Mark as incident
        </Button>
      ) : (
        <Button small kind="quiet" icon={FlagOff} onClick={() => void mark(null)}>
          Not an incident
        </Button>
      )}
    </footer>
  );
}

/** What changed about the columns with that load. */
const columnWords = (changes: readonly string[]) =>
  changes.length === 0 ? [] : [`columns changed: ${changes.join(', ').replaceAll('`', '')}`];

function saysValue({ value, at, bounds, incident, changes }: MonitorValue, unit: string): string {
  const day = `${at.slice(0, 16).replace('T', ' ')} UTC`;
  const expected = bounds
    ? `expected ${measured(bounds.min, '')} to ${measured(bounds.max, unit)}`
    : 'nothing to compare with then';
  return [
    day,
    measured(value, unit),
    incident === null ? expected : `incident: ${incident}`,
    ...columnWords(changes),
  ].join(' · ');
}
