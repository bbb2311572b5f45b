import { Plus } from 'lucide-react';
import { rowsInWords } from '../../../../shared/contract/checked-rows.ts';
import { checkClasses } from '../../../../shared/define-check.ts';
import { count, counted } from '../../../../shared/number-words.ts';
import { Button } from '../../../ui/button.tsx';
import { openChecks } from '../rules/open-checks.ts';
import { newRule } from '../rules/rule-dialog-state.ts';
import { type Square, squaresOf, type TableState } from '../verdicts/board.ts';
import { RunButton } from '../verdicts/run-button.tsx';
import { VerdictWord } from '../verdicts/verdict-word.tsx';
import styles from './overview.module.css';

const openNewRule = (table: string) => {
  openChecks(table);
  newRule(table);
};

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** Tables by classes, each square with its worst verdict and of how many rules. */
export function Matrix({ board }: { readonly board: readonly TableState[] }) {
  return (
    <table className={styles['matrix']} aria-label="Checks by table and class">
      <thead>
        <tr>
          <th scope="col">Table</th>
          {checkClasses.map((of) => (
            <th key={of} scope="col">
              {capital(of)}
            </th>
          ))}
          <th scope="col">
            <span className="visually-hidden">Run</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {board.map((state) => (
          <TableLine key={state.table} state={state} />
        ))}
      </tbody>
    </table>
  );
}

function TableLine({ state }: { readonly state: TableState }) {
  const { table, known, rules, checks } = state;
  const gone = !known && !checks?.of;
  return (
    <tr>
      <th scope="row">
        <button type="button" className={styles['table']} title={table} onClick={() => openChecks(table)}>
          {table}
        </button>
        <span className={styles['aside']} data-gone={gone ? '' : undefined}>
          {checks?.problem ? 'cannot be read' : saysRows(state)}
        </span>
      </th>
      {squaresOf(state).map((square, at) => (
        <td key={checkClasses[at]}>
          {square ? (
            <SquareButton table={table} square={square} />
          ) : (
            <span className={styles['none']}>–</span>
          )}
        </td>
      ))}
      <td className={styles['act']}>
        {rules.length > 0 && <RunButton chosen={{ table }} words="Run" kind="quiet" />}
        {rules.length === 0 && !checks?.problem && (
          <Button small kind="quiet" icon={Plus} onClick={() => openNewRule(table)}>
            Add rule
          </Button>
        )}
      </td>
    </tr>
  );
}

function saysRows({ known, checks, stale }: TableState): string {
  if (checks?.of) return rowsInWords(checks.of);
  return known ? `${counted(known.rows, 'row')}${stale ? ' · changed since' : ''}` : 'no such table';
}

function SquareButton({ table, square }: { readonly table: string; readonly square: Square }) {
  const { verdict, count: some, others, rules } = square;
  const worst = rules.find(({ finding }) => (finding?.verdict ?? 'not run') === verdict);
  return (
    <button
      type="button"
      className={styles['square']}
      data-verdict={verdict}
      onClick={() => openChecks(table, worst?.rule.id)}
      title={rules.map(({ says }) => says).join('\n')}
    >
      <VerdictWord verdict={verdict} />
      <span className={styles['of']}>
        {some === rules.length ? count(some) : `${count(some)} of ${count(rules.length)}`}
      </span>
      {others.map((other) => (
        <span key={other.verdict} className={styles['other']}>
          <VerdictWord verdict={other.verdict} />
          <span className={styles['of']}>{count(other.count)}</span>
        </span>
      ))}
    </button>
  );
}
