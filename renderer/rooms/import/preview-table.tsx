import { useState } from 'react';
import { isNumeric } from '../../../shared/column.ts';
import type { FileColumn, FilePreview } from '../../../shared/contract/files.ts';
import { count } from '../../../shared/number-words.ts';
import { Button } from '../../ui/button.tsx';
import { TypeGlyph } from '../../ui/type-glyph.tsx';
import { MisfitSelect } from './misfit-select.tsx';
import { NullChips } from './null-chips.tsx';
import type { FilePlan } from './plan.ts';
import styles from './preview-table.module.css';
import { TypeSelect } from './type-select.tsx';

const mostColumns = 60;
const mostRows = 100;
const longest = 200;

/** The first rows as they will load: types in the header, cells that do not fit marked. */
export function PreviewTable(props: {
  readonly preview: FilePreview;
  readonly plan: FilePlan;
  readonly change: (part: Partial<FilePlan>) => void;
}) {
  const { preview, plan, change } = props;
  const [asked, setFrom] = useState(0);
  const from = asked < preview.columns.length ? asked : 0;
  const columns = preview.columns.slice(from, from + mostColumns);
  const left = preview.columns.length - from - columns.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
    <section className={styles['preview']} aria-label="Preview" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col" className={styles['number']}>
              row
            </th>
            {from > 0 && (
              <OtherColumns count={from} words="columns before" onShow={() => setFrom(from - mostColumns)} />
            )}
            {columns.map((column) => (
              <ColumnHead key={column.name} {...{ column, plan, change }} />
            ))}
            {left > 0 && (
              <OtherColumns count={left} words="more columns" onShow={() => setFrom(from + mostColumns)} />
            )}
          </tr>
        </thead>
        <tbody>
          {preview.rows.slice(0, mostRows).map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            <tr key={at}>
              <td className={styles['number']}>{count(at + 1)}</td>
              {from > 0 && <td>…</td>}
              {columns.map((column, place) => (
                <PreviewCell
                  key={column.name}
                  column={column}
                  cell={row[from + place] ?? null}
                  value={preview.values[at]?.[from + place]}
                  wrong={preview.disagreeing[at]?.includes(from + place) ?? false}
                />
              ))}
              {left > 0 && <td>…</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {preview.rows.length === 0 && (
        <p className={styles['nothing']}>The file holds no rows below its header.</p>
      )}
    </section>
  );
}

/** Wide files are shown some columns at a time. */
function OtherColumns(props: {
  readonly count: number;
  readonly words: string;
  readonly onShow: () => void;
}) {
  return (
    <th scope="col">
      <Button small onClick={props.onShow}>
        {count(props.count)} {props.words}
      </Button>
    </th>
  );
}

function ColumnHead(props: {
  readonly column: FileColumn;
  readonly plan: FilePlan;
  readonly change: (part: Partial<FilePlan>) => void;
}) {
  const { column } = props;
  const renamed = column.name !== column.originalName;
  return (
    <th scope="col" title={renamed ? `in the file: ${column.originalName || '(no name)'}` : undefined}>
      <span className={styles['head']}>
        <TypeGlyph type={column.type} />
        <span className={styles['name']}>{column.name}</span>
        {column.disagreeing > 0 && (
          <span className={styles['wrongCount']} title={`${count(column.disagreeing)} cells do not fit`}>
            {count(column.disagreeing)} ✗
          </span>
        )}
      </span>
      <TypeSelect {...props} />
      <MisfitSelect {...props} />
      <NullChips {...props} />
    </th>
  );
}

function PreviewCell(props: {
  readonly column: FileColumn;
  readonly cell: string | null;
  /** What it means, where it is written otherwise. */
  readonly value: string | undefined;
  readonly wrong: boolean;
}) {
  const { column, cell, value, wrong } = props;
  if (wrong) {
    return (
      <td
        className={styles['wrong']}
        title={`“${cell}” is not ${column.type}: ${column.onMisfit === 'null' ? 'it becomes null' : 'its row is rejected'}`}
      >
        {shown(cell ?? '')}
      </td>
    );
  }
  const text = column.type === 'text';
  if (cell === null || (!text && cell.trim() === '')) return <td className={styles['faint']}>null</td>;
  if (column.readAsNull?.some(({ marker }) => marker === cell.trim())) {
    return (
      <td className={styles['faint']} title={`in the file: ${cell}`}>
        null
      </td>
    );
  }
  if (cell === '') return <td className={styles['faint']}>""</td>;
  return (
    <td
      className={isNumeric(column.type) ? styles['right'] : undefined}
      title={value !== undefined || cell.length > 40 ? `in the file: ${cell.slice(0, 2000)}` : undefined}
    >
      {shown(value ?? cell)}
    </td>
  );
}

const shown = (cell: string) =>
  (cell.length > longest ? `${cell.slice(0, longest)}…` : cell)
    .replace(/\r?\n|\r/g, '↵')
    .replaceAll('\t', '→');
