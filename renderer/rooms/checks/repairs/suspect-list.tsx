import { useMemo, useState } from 'react';
import type { Suggested } from '../../../../shared/contract/checks.ts';
import { count } from '../../../../shared/number-words.ts';
import { openRow } from '../../../grid/open-row.ts';
import { useRowHeight } from '../../../styles/theme.ts';
import findings from '../overview/finding-list.module.css';
import { KeyList } from '../rules/key-list.tsx';
import styles from './suspect-list.module.css';

type Cell = Suggested['cells'][number];

/** Beyond so many, people write a rule or look at one table. */
const mostShown = 500;

const look = { list: styles['list'], line: styles['line'] };
const keyOf = ({ table, row, column }: Cell) => `${table} ${row} ${column}`;

/** Cells that are probably wrong, the likeliest first; a click or Enter opens the table at the cell. */
export function SuspectList({ cells }: { readonly cells: readonly Cell[] }) {
  const rowHeight = useRowHeight();
  const [chosen, choose] = useState<string>();
  const shown = useMemo(() => cells.toSorted((a, b) => b.score - a.score).slice(0, mostShown), [cells]);
  const open = (cell: Cell) => void openRow(cell.table, cell.row, rowHeight, cell.column);
  const enter = () => {
    const cell = shown.find((one) => keyOf(one) === chosen);
    if (cell) open(cell);
  };
  return (
    <section className={findings['pane']} aria-labelledby="suspect cells">
      <header className={findings['head']}>
        <h3 id="suspect cells">Suspect cells</h3>
        <span>
          {shown.length < cells.length
            ? `the likeliest ${count(shown.length)} of ${count(cells.length)}`
            : count(cells.length)}
        </span>
      </header>
      <KeyList
        label="Suspect cells"
        items={shown}
        keyOf={keyOf}
        chosen={chosen ?? (shown[0] && keyOf(shown[0]))}
        onChoose={(cell) => choose(keyOf(cell))}
        onClick={open}
        keys={{ Enter: enter }}
        render={(cell) => <Line cell={cell} />}
        look={look}
      />
    </section>
  );
}

function Line({ cell: { table, row, column, score, reason } }: { readonly cell: Cell }) {
  return (
    <>
      <span className={styles['score']} title="How likely it is wrong, from 0 to 1">
        {score.toFixed(2)}
      </span>
      <span className={styles['table']} title={table}>
        {table}
      </span>
      <span className={styles['column']} title={column}>
        {column}
      </span>
      <span className={styles['row']}>row {count(row)}</span>
      <span className={styles['reason']} title={reason}>
        {reason}
      </span>
    </>
  );
}
