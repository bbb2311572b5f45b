import { ArrowUpRight } from 'lucide-react';
import { useState } from 'react';
import type { Collection, SearchHit } from '../../../shared/contract/search.ts';
import { useRowHeight } from '../../styles/theme.ts';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/format.ts';
import styles from './collection-view.module.css';
import { matchingWords } from './matching-words.ts';
import { openRow } from './open-row.ts';
import { type Mode, valueWords } from './question.ts';

/** Longer texts are cut until they are unfolded. */
const shownLength = 420;

const scoreNames: Readonly<Record<Mode, string>> = {
  vector: 'cosine similarity',
  text: 'text rank',
  hybrid: 'fused score',
};

/** A document that was found: how near it is, its text with the words asked for, what stands beside it. */
export function ResultLine(props: {
  readonly hit: SearchHit;
  readonly mode: Mode;
  /** The highest score there is; bars of other modes than `vector` are relative to it. */
  readonly best: number;
  readonly collection: Collection;
  readonly question: string;
}) {
  const { hit, mode, best, collection, question } = props;
  const { table, metadataColumns } = collection;
  const rowHeight = useRowHeight();
  return (
    <li className={styles['result']}>
      <Score score={hit.score} mode={mode} best={best} />
      <div className={styles['document']}>
        <Content content={hit.content} question={question} />
        <Metadata metadata={hit.metadata} order={metadataColumns} />
      </div>
      <Button
        small
        kind="quiet"
        icon={ArrowUpRight}
        className={styles['open']}
        tooltip={`Open row ${count(hit.row)} of ${table}`}
        onClick={() => void openRow(table, hit.row, rowHeight)}
      >
        Row {count(hit.row)}
      </Button>
    </li>
  );
}

function Score({
  score,
  mode,
  best,
}: {
  readonly score: number;
  readonly mode: Mode;
  readonly best: number;
}) {
  const share = Math.max(0, Math.min(1, mode === 'vector' ? score : score / (best || 1)));
  const words = score.toFixed(mode === 'hybrid' ? 4 : 3);
  return (
    <div className={styles['score']} title={`${scoreNames[mode]} ${score}`}>
      <span className={styles['number']}>{words}</span>
      <span className={styles['track']} aria-hidden>
        <span className={styles['bar-filled']} style={{ width: `${share * 100}%` }} />
      </span>
    </div>
  );
}

function Content({ content, question }: { readonly content: string; readonly question: string }) {
  const [whole, setWhole] = useState(false);
  const long = content.length > shownLength;
  const shown = long && !whole ? content.slice(0, shownLength) : content;
  return (
    <p className={styles['content']} data-selectable>
      {matchingWords(shown, question).map(({ text, matches }, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name than their place
        matches ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
      )}
      {long && (
        <button
          type="button"
          className={styles['more']}
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'less' : '… more'}
        </button>
      )}
    </p>
  );
}

/** In the order of the table's columns, as far as they are known; jsonb keeps none. */
function Metadata(props: { readonly metadata: SearchHit['metadata']; readonly order: readonly string[] }) {
  const { metadata, order } = props;
  const entries = order.filter((key) => key in metadata).map((key) => [key, metadata[key]] as const);
  if (entries.length === 0) return null;
  return (
    <dl className={styles['metadata']}>
      {entries.slice(0, mostShown).map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd data-null={value === null ? '' : undefined} title={wordsOf(value)}>
            {wordsOf(value)}
          </dd>
        </div>
      ))}
      {entries.length > mostShown && <div>{count(entries.length - mostShown)} more</div>}
    </dl>
  );
}

const mostShown = 8;
const wordsOf = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : valueWords(value);
