import { ArrowUpRight } from 'lucide-react';
import type { Collection } from '../../../shared/contract/search.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { openRow } from '../../grid/open-row.ts';
import { useRowHeight } from '../../styles/theme.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useEngine } from '../../use-engine.ts';
import styles from './collection-view.module.css';
import { DocumentText, Metadata } from './document-text.tsx';
import { placeOf, type Question } from './question.ts';
import line from './result-line.module.css';

/** The documents of a drawn region or a topic, while nothing is asked. */
export function PlacedDocuments(props: { readonly collection: Collection; readonly question: Question }) {
  const { collection, question } = props;
  const rowHeight = useRowHeight();
  const { data, problem } = useEngine('search', 'documentsIn', placeOf(collection.name, question), {
    keepPrevious: true,
    keepFor: 30_000,
  });
  if (problem) return <ProblemView problem={problem} />;
  if (!data) return <Skeleton />;
  const { total, documents } = data;
  if (total === 0) return <EmptyState says="No document lies there." />;
  const first = documents.length < total ? `The first ${count(documents.length)} of ` : '';
  return (
    <section className={styles['results']} aria-label="Documents there">
      <p className={styles['facts']} role="status">
        {first}
        {counted(total, 'document')} there
      </p>
      <ol className={styles['list']}>
        {documents.map((document) => (
          <li key={document.documentId} className={line['placed']}>
            <div className={line['document']}>
              <DocumentText document={document} />
              <Metadata metadata={document.metadata} order={collection.metadataColumns} />
            </div>
            <Button
              small
              kind="quiet"
              icon={ArrowUpRight}
              className={line['open']}
              onClick={() => void openRow(collection.table, document.row, rowHeight)}
            >
              Row {count(document.row)}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}
