import type { Column } from '../../shared/column.ts';
import { type Chart, chartMarks } from '../../shared/contract/charts.ts';
import { channelsOf, withMark } from '../../shared/suggest-chart.ts';
import { Select } from '../ui/select.tsx';
import { TypeGlyph } from '../ui/type-glyph.tsx';
import { ChannelField, columnDrag } from './channel-field.tsx';
import styles from './chart-shelf.module.css';

const markWords = {
  bar: 'Bars',
  line: 'Line',
  area: 'Area',
  point: 'Points',
  rect: 'Squares',
  arc: 'Pie',
} as const;

/** What stands on one another is added up, which factors cannot be. */
const canBeLog = ({ mark, channels }: Chart) =>
  mark !== 'arc' && !(channels.color && (mark === 'bar' || mark === 'area'));

/** What a chart is made of: kind, channels, and the columns that can be dragged to them. */
export function ChartShelf(props: {
  readonly chart: Chart;
  readonly columns: readonly Column[];
  readonly onChange: (chart: Chart) => void;
}) {
  const { chart, columns, onChange } = props;
  return (
    <aside aria-label="Make of the chart" className={styles['shelf']}>
      <Select
        label="Kind of chart"
        value={chart.mark}
        onChange={(mark) => onChange(withMark(chart, mark))}
        options={chartMarks.map((value) => ({ value, label: markWords[value] }))}
      />
      {channelsOf(chart.mark).map((name) => (
        <ChannelField
          key={name}
          name={name}
          channel={chart.channels[name]}
          columns={columns}
          mark={chart.mark}
          canBeLog={canBeLog(chart)}
          onChange={(channel) => onChange({ ...chart, channels: { ...chart.channels, [name]: channel } })}
        />
      ))}
      <h3 className={styles['title']}>Columns</h3>
      <ul className={styles['columns']}>
        {columns.map((column) => (
          <li
            key={column.name}
            draggable
            title={`${column.name} · ${column.type}: drag it to a channel`}
            className={styles['column']}
            onDragStart={(event) => event.dataTransfer.setData(columnDrag, column.name)}
          >
            <TypeGlyph type={column.type} />
            <span>{column.name}</span>
          </li>
        ))}
      </ul>
    </aside>
  );
}
