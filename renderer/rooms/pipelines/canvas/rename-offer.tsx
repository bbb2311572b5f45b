import { useEffect, useRef, useState } from 'react';
import type { StepSchema } from '../../../../shared/contract/pipelines.ts';
import { counted } from '../../../../shared/number-words.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { followRename, type Renamed, renamedBetween, stepsToFollow } from '../document/follow-rename.ts';
import type { PipelineModel } from '../document/use-pipeline.ts';
import styles from './pipeline-view.module.css';

/** Offers to say a column's new name in the steps after it, once. */
export function RenameOffer(props: {
  readonly model: PipelineModel;
  readonly schemas: ReadonlyMap<string, StepSchema>;
}) {
  const { model, schemas } = props;
  const { pipeline, edit } = model;
  const before = useRef(schemas);
  const [renamed, setRenamed] = useState<Renamed>();
  useEffect(() => {
    const ids = pipeline?.steps.map(({ id }) => id) ?? [];
    const found = renamedBetween(before.current, schemas, ids);
    before.current = schemas;
    // A name that is being typed is a chain of names: the first is the one that other steps still say.
    if (found)
      setRenamed((last) =>
        last?.step === found.step && last.to === found.from ? { ...found, from: last.from } : found,
      );
  }, [schemas, pipeline]);
  const steps = pipeline && renamed ? stepsToFollow(pipeline, renamed) : [];
  if (!renamed || steps.length === 0) return null;
  const follow = () => {
    edit(followRename(renamed));
    setRenamed(undefined);
  };
  return (
    <Notice tone="warn">
      <span className={styles['offer']}>
        {renamed.from} is called {renamed.to} now; {steps.join(', ')} still{' '}
        {steps.length === 1 ? 'says' : 'say'} {renamed.from}.
        <Button small kind="primary" onClick={follow}>
          Follow in {counted(steps.length, 'step')}
        </Button>
        <Button small onClick={() => setRenamed(undefined)}>
          Leave
        </Button>
      </span>
    </Notice>
  );
}
