import { X } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { type Column, isNumeric } from '../../shared/column.ts';
import {
  aggregates,
  type Channel,
  type ChannelName,
  type ChartMark,
  timeUnits,
} from '../../shared/contract/charts.ts';
import { channelFor, shownAs } from '../../shared/suggest-chart.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Combobox } from '../ui/combobox.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Select } from '../ui/select.tsx';
import { TypeGlyph } from '../ui/type-glyph.tsx';
import styles from './chart-shelf.module.css';

/** How a dragged column is named to the browser. */
export const columnDrag = 'application/x-assay-column';

const countOfRows = '\u0000count';
const titles: Readonly<Record<ChannelName, string>> = {
  x: 'Across (x)',
  y: 'Up (y)',
  color: 'Colour',
  size: 'Size',
  facet: 'One chart for each',
};

const titleOf = (name: ChannelName, mark: ChartMark) => (mark === 'arc' && slices[name]) || titles[name];
const slices: Readonly<Partial<Record<ChannelName, string>>> = { y: 'Size of slices', color: 'Slices' };

interface ChannelFieldProps {
  readonly name: ChannelName;
  readonly channel: Channel | undefined;
  readonly columns: readonly Column[];
  readonly mark: ChartMark;
  readonly canBeLog: boolean;
  readonly onChange: (channel: Channel | undefined) => void;
}

/** A channel: columns are dropped on it or chosen by keyboard; below, how the column is cut or measured. */
export function ChannelField(props: ChannelFieldProps) {
  const { name, channel, columns, mark, onChange } = props;
  const [over, setOver] = useState(false);
  const title = titleOf(name, mark);
  const put = (field: string) => {
    if (field === countOfRows) return onChange({ aggregate: 'count' });
    const column = columns.find((one) => one.name === field);
    if (column) onChange(channelFor(column, name, mark));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    put(event.dataTransfer.getData(columnDrag));
  };
  const value = channel?.aggregate === 'count' ? countOfRows : (channel?.field ?? null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; the list inside is the keyboard's
    <div
      className={styles['channel']}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={styles['line']}>
        <Combobox
          label={title}
          value={value}
          placeholder="Drop a column, or choose"
          onChange={put}
          options={[
            { value: countOfRows, label: 'rows, counted' },
            ...columns.map((column) => ({
              value: column.name,
              label: column.name,
              icon: <TypeGlyph type={column.type} />,
            })),
          ]}
        />
        {channel && <IconButton label={`Take ${title} off`} icon={X} onClick={() => onChange(undefined)} />}
      </div>
      <HowShown {...props} />
    </div>
  );
}

const asItIs = 'as it is';

/** By unit of time, in bins, or measured. */
function HowShown(props: ChannelFieldProps) {
  const { name, channel, columns, mark, onChange } = props;
  const column = columns.find((one) => one.name === channel?.field);
  if (!channel) return null;
  if (!column) return <LogSwitch {...props} channel={channel} />;
  const { field = '', aggregate, bins, unit } = channel;
  const cuts: string[] =
    shownAs(column.type) === 'temporal'
      ? [...timeUnits]
      : isNumeric(column.type)
        ? ['10 bins', '30 bins', '60 bins']
        : [];
  const measures = isNumeric(column.type) ? aggregates.filter((one) => one !== 'count') : ['distinct'];
  const value = aggregate ?? unit ?? (bins ? `${bins} bins` : asItIs);
  const choose = (how: string) => {
    if (how === asItIs) return onChange({ field });
    if (how.endsWith(' bins')) return onChange({ field, bins: Number.parseInt(how, 10) });
    const time = timeUnits.find((one) => one === how);
    const measured = aggregates.find((one) => one === how);
    onChange({ field, ...(time ? { unit: time } : {}), ...(measured ? { aggregate: measured } : {}) });
  };
  const offered = [...new Set([asItIs, ...cuts, ...measures, value])];
  return (
    <>
      <Select
        label={`How ${titleOf(name, mark)} is shown`}
        hideLabel
        value={value}
        onChange={choose}
        options={offered.map((one) => ({ value: one, label: words[one] ?? one }))}
      />
      {(aggregate || (isNumeric(column.type) && !bins)) && <LogSwitch {...props} channel={channel} />}
    </>
  );
}

/** Numbers along an axis may be at equal steps for equal factors. */
function LogSwitch({ name, channel, canBeLog, onChange }: ChannelFieldProps & { readonly channel: Channel }) {
  if ((name !== 'x' && name !== 'y') || !canBeLog) return null;
  const { scale, ...plain } = channel;
  return (
    <Checkbox
      label="Logarithmic"
      checked={scale === 'log'}
      onChange={(log) => onChange(log ? { ...plain, scale: 'log' } : plain)}
    />
  );
}

const words: Readonly<Record<string, string>> = {
  auto: 'by a unit that fits',
  ...Object.fromEntries(timeUnits.filter((unit) => unit !== 'auto').map((unit) => [unit, `by ${unit}`])),
  sum: 'sum',
  mean: 'mean',
  median: 'median',
  min: 'lowest',
  max: 'highest',
  distinct: 'how many different',
};
