import type { Collection } from '../../../shared/contract/search.ts';
import { stalenessWords } from '../../../shared/staleness-words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { type Sizes, Splitter } from '../../ui/splitter.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTab, useTabState } from '../../workspace/tab-state.ts';
import { dropTab } from '../../workspace/tabs.ts';
import { useCollectionDialog } from './collection-dialog.ts';
import styles from './collection-view.module.css';
import { KeyNotice } from './endpoints/key-notice.tsx';
import { LabelRestDialog } from './label-rest-dialog.tsx';
import { MapPane } from './map/map-pane.tsx';
import { OutliersDialog } from './outliers-dialog.tsx';
import { useQuestion } from './question.ts';
import { QuestionBar } from './question-bar.tsx';
import { Results } from './results.tsx';
import { differingRows, StaleNotice } from './stale-notice.tsx';

/** One collection: a field to ask in, and what is near. */
export default function CollectionView() {
  const { id, key } = useTab();
  const { data, problem, refetch } = useEngine('search', 'list', {}, { also: ['tables'] });
  if (problem)
    return <ProblemView problem={problem} action={{ label: 'Try again', run: () => void refetch() }} />;
  if (!data) return <Skeleton />;
  const collection = data.find(({ name }) => name === key);
  if (!collection) {
    const action = { label: 'Close the tab', run: () => dropTab(id) };
    return <EmptyState says={`The collection ${key} is not there any more.`} action={action} />;
  }
  return <Search collection={collection} />;
}

function Search({ collection }: { readonly collection: Collection }) {
  const [question, ask] = useQuestion();
  const [map, setMap] = useTabState('map', true);
  const dialog = useCollectionDialog(({ open }) =>
    open?.collection === collection.name ? open.dialog : undefined,
  );
  const [sizes, setSizes] = useTabState<Sizes>('map sizes', {});
  return (
    <div className={styles['view']}>
      <QuestionBar collection={collection} question={question} onAsk={ask} map={map} onMap={setMap} />
      {collection.modelProblem && (
        <Notice tone="warn">
          {collection.modelProblem.message} Until then, search by words or by an example row.
        </Notice>
      )}
      {collection.vectorColumn === null && <KeyNotice model={collection.model} />}
      {collection.uncounted && <Notice tone="warn">{stalenessWords(collection).join(' ')}</Notice>}
      {differingRows(collection) > 0 && <StaleNotice collection={collection} />}
      <Splitter
        label="the map"
        direction="row"
        className={styles['parts']}
        sizes={sizes}
        onSizes={setSizes}
        parts={[
          {
            id: 'results',
            min: 300,
            content: <Results collection={collection} question={question} onAsk={ask} />,
          },
          {
            id: 'map',
            min: 300,
            hidden: !map,
            content: <MapPane collection={collection} question={question} onAsk={ask} />,
          },
        ]}
      />
      {dialog === 'outliers' && <OutliersDialog collection={collection} />}
      {dialog === 'labels' && <LabelRestDialog collection={collection} />}
    </div>
  );
}
