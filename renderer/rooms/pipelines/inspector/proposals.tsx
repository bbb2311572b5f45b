import { Wand2 } from 'lucide-react';
import { useState } from 'react';
import type { PipelineStep } from '../../../../shared/contract/pipelines.ts';
import type { StepDefinition } from '../../../../shared/define-step.ts';
import { counted } from '../../../../shared/number-words.ts';
import { isUnfilled } from '../../../../shared/params.ts';
import { steps } from '../../../../shared/registry.ts';
import { engine } from '../../../engine.ts';
import { runTask } from '../../../tasks.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { toast } from '../../../ui/toast.tsx';
import { changeStep } from '../document/edits.ts';
import type { PipelineModel } from '../document/use-pipeline.ts';
import styles from './step-inspector.module.css';

type Entry = Readonly<Record<string, unknown>>;

/** Adds to a step's list what its data speaks for; a person keeps it or takes it out. */
export function StepProposals(props: {
  readonly model: PipelineModel;
  readonly step: PipelineStep;
  readonly proposals: NonNullable<StepDefinition['proposals']>;
}) {
  const { model, step, proposals } = props;
  const { ways, param, title } = proposals;
  const options = Object.entries(ways).map(([value, label]) => ({ value, label }));
  const [way, setWay] = useState(options[0]?.value ?? '');
  const look = async () => {
    const { pipeline } = model;
    if (!pipeline) return;
    const found = await runTask(title, (call) =>
      engine.pipelines.propose({ pipeline, step: step.id, way }, call),
    );
    const fields = steps.get(step.kind)?.params[param]?.fields ?? {};
    const there = ((step.params[param] ?? []) as readonly Entry[]).filter((one) => !isUnfilled(fields, one));
    const known = new Set(there.map((entry) => JSON.stringify(entry)));
    const added = found.filter((entry) => !known.has(JSON.stringify(entry)));
    toast({
      title:
        added.length === 0 ? 'Nothing more was found' : `${counted(added.length, 'entry', 'entries')} added`,
    });
    if (added.length > 0) {
      model.edit(changeStep(step.id, { params: { ...step.params, [param]: [...there, ...added] } }));
    }
  };
  return (
    <div className={styles['proposals']}>
      <Select label={`${title}: how`} hideLabel value={way} options={options} onChange={setWay} />
      <Button small icon={Wand2} onClick={() => void look()}>
        {title}
      </Button>
    </div>
  );
}
