import { lazy, Suspense } from 'react';
import type { Collection } from '../../../../shared/contract/search.ts';
import { counted } from '../../../../shared/number-words.ts';
import { Button } from '../../../ui/button.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useEngine } from '../../../use-engine.ts';
import type { Question } from '../question.ts';
import { layOut } from './lay-out.ts';
import styles from './map.module.css';

const MapView = lazy(() => import('./map-view.tsx'));

/** The documents of a collection in two dimensions, beside the results. */
export function MapPane(props: {
  readonly collection: Collection;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
}) {
  const { collection } = props;
  const { name, documents } = collection;
  const { data: map, problem, refetch } = useEngine('search', 'map', { collection: name });
  if (problem)
    return <ProblemView problem={problem} action={{ label: 'Try again', run: () => void refetch() }} />;
  if (map === undefined) return <Skeleton />;
  if (map === null) {
    return (
      <div className={styles['none']}>
        <p>
          A map lays out the {counted(documents, 'document')} of {name} so that those of like meaning lie near
          each other, and names the topics they form.
        </p>
        <Button kind="primary" onClick={() => void layOut(name, true)}>
          Make the map
        </Button>
      </div>
    );
  }
  return (
    <Suspense fallback={<Skeleton />}>
      <MapView {...props} map={map} />
    </Suspense>
  );
}
