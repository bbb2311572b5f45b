import { Search } from 'lucide-react';
import { useState } from 'react';
import type { Collection, IndexKind, Judgement, SearchResult } from '../../../shared/contract/search.ts';
import { counted, duration } from '../../../shared/number-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useEngine } from '../../use-engine.ts';
import styles from './collection-view.module.css';
import { foundWords } from './found-words.ts';
import { PlacedDocuments } from './placed-documents.tsx';
import { askedOf, asksSomething, isFiltered, kindNames, limit, type Question } from './question.ts';
import { ResultLine } from './result-line.tsx';
import { TrustDialog } from './trust-dialog.tsx';
import { useNearestSentences } from './use-nearest-sentences.ts';

/** What is near, nearest first. */
export function Results(props: {
  readonly collection: Collection;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
}) {
  const { collection, question, onAsk } = props;
  const enabled = asksSomething(question);
  const { data, problem, refetch, isPlaceholderData } = useEngine(
    'search',
    'find',
    askedOf(collection.name, question),
    { enabled, keepPrevious: true, keepFor: 30_000 },
  );
  if (!enabled && (question.region || question.topic))
    return <PlacedDocuments {...{ collection, question }} />;
  if (!enabled) return <Invitation collection={collection} />;
  if (problem)
    return <ProblemView problem={problem} action={{ label: 'Try again', run: () => void refetch() }} />;
  if (!data) return <Skeleton says="Searching…" />;
  if (data.results.length === 0) return <None {...{ question, onAsk }} notes={data.notes} />;
  return <Found {...{ found: data, collection, question, onAsk }} old={isPlaceholderData} />;
}

const Invitation = ({ collection }: { readonly collection: Collection }) => (
  <EmptyState
    icon={Search}
    says={`Ask in your own words: the ${counted(collection.documents, 'document')} of ${collection.name} are compared by meaning.`}
  />
);

function None({
  question,
  notes,
  onAsk,
}: {
  readonly question: Question;
  readonly notes: SearchResult['notes'];
  readonly onAsk: (next: Question) => void;
}) {
  if (isFiltered(question)) {
    const run = () => onAsk({ ...question, filter: {}, where: null });
    const says = ['Nothing matches under these filters.', ...notes].join(' ');
    return <EmptyState says={says} action={{ label: 'Remove the filters', run }} />;
  }
  if (question.least !== null) {
    const run = () => onAsk({ ...question, least: null });
    return (
      <EmptyState says="Nothing reaches the least score." action={{ label: 'Remove the threshold', run }} />
    );
  }
  const run = () => onAsk({ ...question, mode: 'vector' });
  return <EmptyState says="No document has these words." action={{ label: 'Search by meaning', run }} />;
}

function Found(props: {
  readonly found: SearchResult;
  readonly collection: Collection;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
  readonly old: boolean;
}) {
  const { found, collection, question, onAsk, old } = props;
  const { results, mode, ms, notes, meaningBy } = found;
  const [trust, setTrust] = useState(false);
  const { data: judged } = useEngine('search', 'judgements', { collection: collection.name });
  const sentences = useNearestSentences(collection.name, question, old ? [] : results);
  const best = Math.max(...results.map(({ score }) => score));
  return (
    <section className={styles['results']} aria-label="Results" aria-busy={old}>
      <p className={styles['facts']} role="status">
        {foundWords(found, collection.documents, limit)} · {duration(ms)}
        {meaningBy && <How by={meaningBy} filtered={isFiltered(question)} />}
        <Button small kind="quiet" onClick={() => setTrust(true)}>
          Trust…
        </Button>
      </p>
      {notes.map((note) => (
        <Notice key={note}>{note}</Notice>
      ))}
      <ol className={styles['list']}>
        {results.map((hit) => (
          <ResultLine
            key={hit.documentId}
            hit={hit}
            mode={mode}
            best={best}
            collection={collection}
            sentence={sentences.get(hit.documentId)}
            relevance={relevanceOf(judged ?? [], question.text.trim(), hit.documentId)}
            question={question}
            onAsk={onAsk}
          />
        ))}
      </ol>
      {trust && <TrustDialog {...{ collection, question }} onClose={() => setTrust(false)} />}
    </section>
  );
}

/** Whether some of the nearest may have been missed. */
const How = ({ by, filtered }: { readonly by: IndexKind; readonly filtered: boolean }) =>
  by === 'exact' ? (
    <Badge tone="ok">{filtered ? 'exact under this filter' : 'exact'}</Badge>
  ) : (
    <Badge tone="info">by {kindNames[by]}</Badge>
  );

const relevanceOf = (judged: readonly Judgement[], text: string, id: string) =>
  judged.find(({ question, documentId }) => question === text && documentId === id)?.relevance;
