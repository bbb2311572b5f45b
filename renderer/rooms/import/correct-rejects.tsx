import type { Reject } from '../../../shared/contract/import.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useEngineAction } from '../../use-engine.ts';
import { useTabMemory } from '../../workspace/tab-state.ts';
import styles from './import-view.module.css';

const none: Readonly<Record<string, string>> = {};

/** What came of corrected rows, in words; `all`: none of them was rejected again. */
export interface LoadedAgain {
  readonly says: string;
  readonly all: boolean;
}

/** Rejects with their text to be corrected in place; those that were changed are loaded again. */
export function CorrectRejects(props: {
  readonly table: string;
  readonly rejects: readonly Reject[];
  readonly onLoaded: (told: LoadedAgain) => void;
}) {
  const { table, rejects, onLoaded } = props;
  const [texts, setTexts] = useTabMemory('corrections', none);
  const retry = useEngineAction('import', 'retry');
  const changed = rejects.filter(
    (reject) => texts[reject.id] !== undefined && texts[reject.id] !== textOf(reject),
  );
  const load = async () => {
    const rows = changed.map(({ id }) => ({ id, text: texts[id] ?? '' }));
    const { loaded, tried, accounts } = await retry.run({ table, rows });
    setTexts(none);
    const account = accounts[0]?.account;
    const now = account
      ? ` Now ${counted(account.physical, 'record')} = ${counted(account.loaded, 'row')} + ${count(account.rejected)} rejected + ${count(account.skipped)} skipped.`
      : '';
    const says = `${count(loaded)} of ${counted(tried, 'corrected row')} loaded.${now}`;
    onLoaded({ says, all: loaded === tried });
  };
  return (
    <>
      <div className={styles['correct']}>
        <Button
          kind="primary"
          small
          disabled={changed.length === 0}
          busy={retry.busy}
          onClick={() => void load().catch(() => {})}
        >
          {changed.length === 0 ? 'Load corrected rows' : `Load ${counted(changed.length, 'corrected row')}`}
        </Button>
        <span className={styles['muted']}>
          Correct the text of a row, then load it: only these rows are read.
        </span>
      </div>
      {retry.problem && <ProblemView problem={retry.problem} />}
      <ul className={styles['rejectList']} data-files={rejects.some(({ file }) => file) || undefined}>
        {rejects.map((reject) => (
          <li key={reject.id} data-selectable>
            <span className={styles['rejectLine']} title={placeOf(reject)}>
              {reject.file && <>{reject.file}, </>}line {count(reject.line)}
            </span>
            <span>
              {reject.column && <strong>{reject.column}: </strong>}
              {reject.cause}
            </span>
            <span className={styles['correction']}>
              <TextField
                label={`Text of line ${reject.line}`}
                hideLabel
                mono
                value={texts[reject.id] ?? textOf(reject)}
                {...(/[\r\n]/.test(textOf(reject)) ? { lines: 3 } : {})}
                onChange={(text) => setTexts((all) => ({ ...all, [reject.id]: text }))}
              />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

const textOf = ({ corrected, raw }: Reject) => corrected ?? raw;

function placeOf({ source, file, offset, unpacked }: Reject): string {
  const where = file ? `${file} in ${source}` : source;
  return offset === null
    ? where
    : `${where}, byte ${count(offset)}${unpacked ? ' of what was unpacked' : ''}`;
}
