import type { Collection } from '../../../shared/contract/search.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ComparisonPart } from './comparison-part.tsx';
import { kindNames, type Question } from './question.ts';
import styles from './trust-dialog.module.css';
import { AdvicePart, EvaluationPart, RecallPart } from './trust-parts.tsx';
import { useMeasuring } from './use-measuring.ts';

/** How far results can be trusted: recall, what each index would cost and find, and how good the modes are. */
export function TrustDialog(props: {
  readonly collection: Collection;
  readonly question: Question;
  readonly onClose: () => void;
}) {
  const { collection, question, onClose } = props;
  const { name, index } = collection;
  const { measured, running, recall, advise, evaluate, compare } = useMeasuring(name, question);
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={`How far ${name} can be trusted`}
      says={`Vectors are looked through by ${kindNames[index.kind]}${index.chosen ? '' : ', which Assay chose by size'}.`}
      actions={
        <>
          <Button disabled={running} onClick={evaluate}>
            Evaluate the modes
          </Button>
          <Button disabled={running} onClick={advise}>
            Compare indexes
          </Button>
          <Button kind="primary" disabled={running} onClick={recall}>
            Measure recall
          </Button>
        </>
      }
    >
      <div className={styles['parts']}>
        <RecallPart measured={measured} />
        {measured.advice && <AdvicePart advice={measured.advice} collection={collection} />}
        {measured.evaluation && <EvaluationPart evaluation={measured.evaluation} />}
        <ComparisonPart
          collection={collection}
          comparison={measured.comparison}
          running={running}
          onCompare={compare}
        />
      </div>
    </Dialog>
  );
}
