import { ShieldCheck, Table2, Tag } from 'lucide-react';
import type { Collection } from '../../../shared/contract/search.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from './chip.tsx';
import styles from './collection-view.module.css';
import { checkPlace } from './map/check-place.tsx';
import { labelDocuments } from './map/write-topics.ts';
import { openPlace } from './open-in-table.ts';
import type { Question } from './question.ts';

/** Where on the map documents are searched: in a drawn region, in a topic. */
export function PlaceChips(props: {
  readonly collection: Collection;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
}) {
  const { collection, question, onAsk } = props;
  const { region, topic } = question;
  if (!region && !topic) return null;
  return (
    <div className={styles['chips']}>
      {region && (
        <Chip
          word="where"
          value="in the drawn region"
          label="Search outside of it too: in the drawn region"
          onRemove={() => onAsk({ ...question, region: null })}
        />
      )}
      {topic && (
        <Chip
          word="topic"
          value={topic.label}
          label={`Search outside of it too: ${topic.label}`}
          onRemove={() => onAsk({ ...question, topic: null })}
        />
      )}
      <Button small kind="quiet" icon={Tag} onClick={() => void labelDocuments(collection, question)}>
        Label these…
      </Button>
      <Button small kind="quiet" icon={ShieldCheck} onClick={() => void checkPlace(collection, question)}>
        Check these…
      </Button>
      <Button small kind="quiet" icon={Table2} onClick={() => void openPlace(collection, question)}>
        Open in {collection.table}
      </Button>
    </div>
  );
}
