import { Ellipsis, LassoSelect, Tags } from 'lucide-react';
import type { Collection, CollectionMap } from '../../../../shared/contract/search.ts';
import { Button } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { Select } from '../../../ui/select.tsx';
import { Toolbar } from '../../../ui/toolbar.tsx';
import { openCollectionDialog } from '../collection-dialog.ts';
import { useColourKeys } from './colour-keys.ts';
import type { ColouredPoints, MapLook } from './coloured-points.ts';
import { exportMap } from './export-map.ts';
import { layOut } from './lay-out.ts';
import styles from './map.module.css';
import { writeTopics } from './write-topics.ts';

const byTopic = '\u0000topic';

/** What is seen of a map, and what can be made of it. */
export function MapBar(props: {
  readonly collection: Collection;
  readonly map: CollectionMap;
  readonly points: ColouredPoints;
  readonly look: MapLook;
  readonly onLook: (look: MapLook) => void;
  readonly onTopics: () => void;
  /** Dragging draws around documents. */
  readonly drawing: boolean;
  readonly onDrawing: (drawing: boolean) => void;
  /** The table's grid has a filter. */
  readonly filtered: boolean;
}) {
  const { collection, map, points, look, onLook, onTopics, drawing, onDrawing, filtered } = props;
  const { name, table } = collection;
  const keys = useColourKeys(collection);
  const colours = [{ value: byTopic, label: 'topic' }, ...keys.map((key) => ({ value: key, label: key }))];
  const items = [
    ...(filtered && look.follow === false
      ? [
          {
            label: `Grey what the filter of ${table} leaves out`,
            run: () => onLook({ ...look, follow: true }),
          },
        ]
      : []),
    { label: `Write topics to a column of ${table}…`, run: () => void writeTopics(name, table) },
    { label: 'Label the rest by examples…', run: () => openCollectionDialog('labels', name) },
    { label: 'What is unlike all others…', run: () => openCollectionDialog('outliers', name) },
    { label: 'Lay out anew', run: () => void layOut(name, true) },
    'line' as const,
    { label: 'Export as SVG…', run: () => void exportMap(name, map, points, 'svg') },
    { label: 'Export as PNG…', run: () => void exportMap(name, map, points, 'png') },
  ];
  return (
    <Toolbar
      label="Map"
      end={
        <>
          <IconButton
            label="Draw around documents (or Shift and drag)"
            icon={LassoSelect}
            pressed={drawing}
            onClick={() => onDrawing(!drawing)}
          />
          <Button small kind="quiet" icon={Tags} onClick={onTopics}>
            Topics
          </Button>
          <Menu trigger={<IconButton label="More of the map" icon={Ellipsis} />} items={items} />
        </>
      }
    >
      <div className={styles['colour']}>
        <Select
          label="Colour by"
          hideLabel
          value={look.colour ?? byTopic}
          options={colours}
          onChange={(key) => onLook({ ...look, colour: key === byTopic ? null : key })}
        />
      </div>
      <Choice
        label="Show as"
        value={look.as}
        options={[
          { value: 'points', label: 'Points' },
          { value: 'density', label: 'Density' },
        ]}
        onChange={(as) => onLook({ ...look, as })}
      />
    </Toolbar>
  );
}
