import { useState } from 'react';
import type { NearestSentence, SearchHit } from '../../../shared/contract/search.ts';
import { count } from '../../../shared/number-words.ts';
import { markedPieces } from './marked-pieces.ts';
import { valueWords } from './question.ts';
import styles from './result-line.module.css';

/** Longer texts are cut until they are unfolded. */
const shownLength = 420;

/** The text of a document with what was found in it; a long one is unfolded on demand. */
export function DocumentText(props: {
  readonly document: Pick<SearchHit, 'content'>;
  readonly marks?: SearchHit['marks'];
  readonly sentence?: NearestSentence | undefined;
}) {
  const { document, marks = [], sentence } = props;
  const [whole, setWhole] = useState(false);
  const { content } = document;
  const long = content.length > shownLength;
  const shown = long && !whole ? content.slice(0, shownLength) : content;
  return (
    <p className={styles['content']} data-selectable>
      {markedPieces(shown, marks, sentence).map(({ text, from, marked, nearest }) => {
        const piece = marked ? <mark key={from}>{text}</mark> : <span key={from}>{text}</span>;
        return nearest ? (
          <span key={from} className={styles['nearest']} title="The sentence nearest in meaning">
            {piece}
          </span>
        ) : (
          piece
        );
      })}
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
export function Metadata(props: {
  readonly metadata: SearchHit['metadata'];
  readonly order: readonly string[];
}) {
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
