import { useMemo, useState } from 'react';
import type { Collection, CollectionMap, MapPoints } from '../../../../shared/contract/search.ts';
import { counted } from '../../../../shared/number-words.ts';
import type { Filter } from '../../../../shared/view/filters.ts';
import { engine } from '../../../engine.ts';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useEngine } from '../../../use-engine.ts';
import { useTabState } from '../../../workspace/tab-state.ts';
import { askedOf, asksSomething, placeOf, type Question } from '../question.ts';
import { useColourKeys } from './colour-keys.ts';
import type { ColouredPoints, MapLook } from './coloured-points.ts';
import { layOut } from './lay-out.ts';
import { Legend } from './legend.tsx';
import styles from './map.module.css';
import { MapBar } from './map-bar.tsx';
import { MapCanvas } from './map-canvas.tsx';
import { useMapColours } from './map-colours.ts';
import { TopicsDialog } from './topics-dialog.tsx';
import { ends } from './viewport.ts';

const none: readonly Filter[] = [];
const usual: MapLook = { colour: null, as: 'points' };

/** A map: points in colours, topics by name, results ringed; what is drawn around narrows the search. */
export default function MapView(props: {
  readonly collection: Collection;
  readonly map: CollectionMap;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
}) {
  const { collection, map, question, onAsk } = props;
  const { name } = collection;
  const [look, setLook] = useTabState<MapLook>('map look', usual);
  const [naming, setNaming] = useState(false);
  const [drawing, setDrawing] = useState(false);
  const { data: grid } = useEngine('tables', 'look', { table: collection.table });
  const filters = grid?.filters ?? none;
  const follow = look.follow !== false && filters.length > 0;
  const { points, problem } = usePoints(collection, look, question, follow ? filters : none);
  const found = useFound(name, question);
  if (problem) return <ProblemView problem={problem} />;
  if (!points) return <Skeleton says="Reading the map…" />;
  return (
    <div className={styles['pane']}>
      <MapBar
        {...{ collection, map, look, points, drawing }}
        filtered={filters.length > 0}
        onLook={setLook}
        onTopics={() => setNaming(true)}
        onDrawing={setDrawing}
      />
      {follow && (
        <Notice action={{ label: 'Colour all', run: () => setLook({ ...look, follow: false }) }}>
          Grey: rows that the filter of {collection.table} leaves out (
          {[...new Set(filters.map(({ column }) => column))].join(', ')}).
        </Notice>
      )}
      {map.waiting > 0 && (
        <Notice action={{ label: 'Place them', run: () => void layOut(name, false) }}>
          {counted(map.waiting, 'document')} came after the map was made.
        </Notice>
      )}
      <MapCanvas
        {...{ collection: name, map, points, look, drawing, found, question, onAsk }}
        onNear={(id) => void askNear(name, id, question, onAsk)}
      />
      <Legend points={points} />
      {naming && <TopicsDialog {...{ collection, map, question, onAsk }} onClose={() => setNaming(false)} />}
    </div>
  );
}

/** Searches for what is like the document of a point. */
async function askNear(
  collection: string,
  id: number,
  question: Question,
  onAsk: (question: Question) => void,
): Promise<void> {
  const [document] = await engine.search.mapDocuments({ collection, ids: [id] });
  if (!document) return;
  const mode = question.mode === 'text' ? 'vector' : question.mode;
  onAsk({ ...question, mode, plus: [document.documentId], minus: [] });
}

/** Positions stay as they are while colours and filters change. */
function usePoints(collection: Collection, { colour }: MapLook, question: Question, rows: readonly Filter[]) {
  const { name } = collection;
  const keys = useColourKeys(collection);
  const key = colour !== null && keys.includes(colour) ? colour : null;
  const { data, problem } = useEngine(
    'search',
    'mapPoints',
    {
      ...placeOf(name, question),
      colour: key,
      rows: [...rows],
    },
    { keepPrevious: true, keepFor: 30_000, also: ['tables'] },
  );
  const colours = useMapColours();
  const points = useMemo(() => data && derived(data, colours), [data, colours]);
  return { points, problem };
}

/** The ids of the results, best first. */
function useFound(collection: string, question: Question): readonly number[] {
  const { data } = useEngine('search', 'find', askedOf(collection, question), {
    enabled: asksSomething(question),
    keepPrevious: true,
    keepFor: 30_000,
  });
  const asks = asksSomething(question);
  return useMemo(() => (asks ? (data?.results ?? []).map(({ id }) => id) : []), [data, asks]);
}

function derived(data: MapPoints, colours: readonly string[]): ColouredPoints {
  const [left, right] = ends(data.x);
  const indexOf = new Map(Array.from(data.ids, (id, at) => [id, at]));
  return { ...data, colours, indexOf, width: right - left };
}
