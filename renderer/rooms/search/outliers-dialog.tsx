import { ArrowUpRight } from 'lucide-react';
import type { Collection, Outliers } from '../../../shared/contract/search.ts';
import { count } from '../../../shared/number-words.ts';
import { engine } from '../../engine.ts';
import { openRow } from '../../grid/open-row.ts';
import { useRowHeight } from '../../styles/theme.ts';
import { runTask } from '../../tasks.ts';
import { prompt } from '../../ui/ask.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useEngine } from '../../use-engine.ts';
import { closeCollectionDialog } from './collection-dialog.ts';
import { DocumentText, Metadata } from './document-text.tsx';
import styles from './outliers.module.css';
import { writeColumn } from './write-column.ts';

/** The documents that are least like any others, and a way to their rows. */
export function OutliersDialog({ collection }: { readonly collection: Collection }) {
  const { name, table } = collection;
  const { data, problem } = useEngine('search', 'outliers', { collection: name });
  return (
    <Dialog
      open
      wide
      onClose={closeCollectionDialog}
      title={`What is unlike all others in ${name}`}
      says={data && saysOf(data)}
      actions={
        <>
          <Button onClick={closeCollectionDialog}>Close</Button>
          <Button disabled={!data} onClick={() => void writeNearness(name, table)}>
            Write to a column of {table}…
          </Button>
        </>
      }
    >
      {problem && <ProblemView problem={problem} />}
      {!data && !problem && <Skeleton />}
      {data && <Documents collection={collection} found={data} />}
    </Dialog>
  );
}

const saysOf = ({ documents, nearest, measured, usual }: Outliers) =>
  `The ${count(documents.length)} of ${count(measured)} documents with the smallest mean similarity to their ${nearest} nearest; ${usual.toFixed(3)} is usual here.`;

function Documents({ collection, found }: { readonly collection: Collection; readonly found: Outliers }) {
  const rowHeight = useRowHeight();
  const open = (row: number) => {
    closeCollectionDialog();
    void openRow(collection.table, row, rowHeight);
  };
  return (
    <ol className={styles['list']} aria-label="Outliers">
      {found.documents.map((document) => (
        <li key={document.documentId}>
          <span className={styles['similarity']} title="mean cosine similarity to the nearest others">
            {document.similarity.toFixed(3)}
          </span>
          <div className={styles['document']}>
            <DocumentText document={document} />
            <Metadata metadata={document.metadata} order={collection.metadataColumns} />
          </div>
          <Button small kind="quiet" icon={ArrowUpRight} onClick={() => open(document.row)}>
            Row {count(document.row)}
          </Button>
        </li>
      ))}
    </ol>
  );
}

async function writeNearness(collection: string, table: string): Promise<void> {
  const into = await prompt({
    title: 'Write the similarity',
    says: `Each row of ${table} gets its mean similarity to the nearest others, so that it can be sorted, filtered and checked.`,
    label: 'Column',
    initial: 'similarity',
    action: 'Write',
  });
  if (into === null) return;
  await writeColumn(table, into, (replace) =>
    runTask(`Comparing ${collection}`, (options) =>
      engine.search.writeNearness({ collection, into, replace }, options),
    ),
  );
}
