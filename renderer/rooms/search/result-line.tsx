import { ArrowUpRight, type LucideIcon, Minus, Plus, ThumbsDown, ThumbsUp } from 'lucide-react';
import type { Collection, NearestSentence, SearchHit } from '../../../shared/contract/search.ts';
import { count } from '../../../shared/number-words.ts';
import { engine } from '../../engine.ts';
import { openRow } from '../../grid/open-row.ts';
import { useRowHeight } from '../../styles/theme.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { DocumentText, Metadata } from './document-text.tsx';
import type { Mode, Question } from './question.ts';
import styles from './result-line.module.css';

const scoreNames: Readonly<Record<Mode, string>> = {
  vector: 'cosine similarity',
  text: 'text rank (BM25)',
  hybrid: 'fused score',
};

/** A document that was found: how near it is, its text with the words asked for, what stands beside it. */
export function ResultLine(props: {
  readonly hit: SearchHit;
  readonly mode: Mode;
  /** The highest score there is; bars of other modes than `vector` are relative to it. */
  readonly best: number;
  readonly collection: Collection;
  readonly sentence: NearestSentence | undefined;
  /** What was said of it as an answer to this question. */
  readonly relevance: number | undefined;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
}) {
  const { hit, mode, best, collection, sentence, relevance, question, onAsk } = props;
  const { table, metadataColumns } = collection;
  const rowHeight = useRowHeight();
  return (
    <li className={styles['result']}>
      <Score hit={hit} mode={mode} best={best} />
      <div className={styles['document']}>
        <DocumentText document={hit} marks={hit.marks} sentence={sentence} />
        <Metadata metadata={hit.metadata} order={metadataColumns} />
      </div>
      <div className={styles['actions']}>
        <Judging
          collection={collection.name}
          id={hit.documentId}
          relevance={relevance}
          text={question.text.trim()}
        />
        <Examples id={hit.documentId} question={question} onAsk={onAsk} />
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
      </div>
    </li>
  );
}

/** Keeps whether this answers the question; pressed again, it is forgotten. */
function Judging(props: {
  readonly collection: string;
  readonly id: string;
  readonly relevance: number | undefined;
  readonly text: string;
}) {
  const { collection, id: documentId, relevance, text } = props;
  if (text === '') return null;
  const judge = (said: number) =>
    engine.search
      .judge({ collection, question: text, documentId, relevance: said === relevance ? null : said })
      .catch((thrown) => toastProblem(thrown, 'Not kept'));
  const button = (said: number, label: string, icon: LucideIcon) => (
    <IconButton label={label} icon={icon} pressed={relevance === said} onClick={() => void judge(said)} />
  );
  return (
    <>
      {button(1, 'Relevant', ThumbsUp)}
      {button(0, 'Not relevant', ThumbsDown)}
    </>
  );
}

/** Says that results are to be like this one, or unlike it. */
function Examples(props: {
  readonly id: string;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
}) {
  const { id, question, onAsk } = props;
  if (question.mode === 'text') return null;
  const more = () => onAsk({ ...question, plus: [...question.plus, id] });
  const less = () => onAsk({ ...question, minus: [...question.minus, id] });
  return (
    <>
      <IconButton label="More like this" icon={Plus} onClick={more} />
      <IconButton label="Less like this" icon={Minus} onClick={less} />
    </>
  );
}

function Score({ hit, mode, best }: { readonly hit: SearchHit; readonly mode: Mode; readonly best: number }) {
  const { score, scores, places } = hit;
  const share = Math.max(0, Math.min(1, mode === 'vector' ? score : score / (best || 1)));
  const words = score.toFixed(mode === 'hybrid' ? 4 : 3);
  return (
    <div className={styles['score']} title={`${scoreNames[mode]} ${score}`}>
      <span className={styles['number']}>{words}</span>
      <span className={styles['track']} aria-hidden>
        <span className={styles['bar-filled']} style={{ width: `${share * 100}%` }} />
      </span>
      {mode === 'hybrid' && (
        <dl className={styles['parts']}>
          <Part name="meaning" place={places.meaning} score={scores.meaning} />
          <Part name="words" place={places.words} score={scores.words} />
        </dl>
      )}
    </div>
  );
}

/** What one part of the search says. */
const Part = (props: {
  readonly name: string;
  readonly place: number | null;
  readonly score: number | null;
}) => (
  <div title={props.score === null ? `${props.name}: not found` : `${props.name} ${props.score}`}>
    <dt>{props.name}</dt>
    <dd>{props.place === null ? '–' : `${count(props.place)}.`}</dd>
  </div>
);
