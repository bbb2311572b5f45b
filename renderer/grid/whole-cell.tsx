import { count, counted } from '../../shared/number-words.ts';
import part from '../ui/part-title.module.css';
import { TypeGlyph } from '../ui/type-glyph.tsx';
import { cellLines } from './json-lines.ts';
import type { SeenCell } from './seen-cell.ts';
import styles from './whole-cell.module.css';

interface CellProps {
  readonly cell: SeenCell;
}

/** The column of a cell, by name and type. */
export const CellColumn = ({ cell }: CellProps) => (
  <div>
    <h3 className={styles['name']}>
      <TypeGlyph type={cell.type} />
      <span data-selectable>{cell.column}</span>
    </h3>
    <p className={styles['kind']}>{cell.type}</p>
  </div>
);

/** The whole of a cell, JSON in lines. */
export function WholeCell({ cell }: CellProps) {
  if (cell.text === undefined) return null;
  return (
    <section>
      <h4 className={part['title']}>
        Cell{cell.row === undefined ? '' : ` in row ${count(cell.row)}`}
        {cell.text !== null && (
          <span className={part['aside']}>{counted(charactersOf(cell.text), 'character')}</span>
        )}
      </h4>
      {cell.text === null || cell.text === '' ? (
        <p className={styles['faint']}>{cell.text === null ? 'null' : '""'}</p>
      ) : (
        <Lines text={cell.text} type={cell.type} />
      )}
    </section>
  );
}

const charactersOf = (text: string) =>
  text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);

function Lines({ text, type }: { readonly text: string; readonly type: string }) {
  const { shown, whole } = cellLines(text, type);
  return (
    <>
      <pre className={styles['value']}>{shown}</pre>
      {!whole && <p className={styles['faint']}>Only the beginning is shown; copying the cell copies all.</p>}
    </>
  );
}
