import { Undo2 } from 'lucide-react';
import type { RollBackPlan, RolledBack } from '../../../shared/contract/promote.ts';
import { counted } from '../../../shared/number-words.ts';
import { rolledBackInWords, setAsideInWords } from '../../../shared/roll-back-words.ts';
import { ask } from '../../ui/ask.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { moment } from '../../ui/format.ts';
import styles from './roll-back-dialog.module.css';

/** Says what would be undone, and what of others would be set aside, before it is. */
export const mayRollBack = (plan: RollBackPlan): Promise<boolean> =>
  ask((answer) => <RollBackDialog plan={plan} answer={answer} />);

function RollBackDialog(props: { readonly plan: RollBackPlan; readonly answer: (yes: boolean) => void }) {
  const { plan, answer } = props;
  const { receipt, tables } = plan;
  const aside = tables.filter((table) => table.aside !== null);
  return (
    <Dialog
      open
      onClose={() => answer(false)}
      title={`Roll back ${receipt.target}?`}
      says={`The promotion of ${moment(receipt.startedAt)}, ${counted(tables.length, 'object')}, is undone in one transaction.`}
      actions={
        <>
          <Button data-first="" onClick={() => answer(false)}>
            Cancel
          </Button>
          <Button kind="danger" icon={Undo2} onClick={() => answer(true)}>
            {aside.length > 0 ? `Roll back, set ${counted(aside.length, 'table')} aside` : 'Roll back'}
          </Button>
        </>
      }
    >
      <ul className={styles['tables']} aria-label="What becomes of each">
        {tables.map((table) => (
          <Line key={`${table.kind} ${table.table}`} table={table} />
        ))}
      </ul>
      {aside.length === 0 && <p className={styles['none']}>Nobody has written to them there since.</p>}
    </Dialog>
  );
}

function Line({ table }: { readonly table: RolledBack }) {
  const aside = setAsideInWords(table);
  return (
    <li data-aside={aside !== undefined || undefined}>
      <b title={table.table}>{table.table}</b>
      <span>{rolledBackInWords(table)}</span>
      {aside && <p>{aside}</p>}
    </li>
  );
}
