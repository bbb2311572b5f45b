import type { PipelineGroup } from '../../../../shared/contract/pipelines.ts';
import { counted } from '../../../../shared/number-words.ts';
import { flag, text, textLines } from '../../../../shared/params.ts';
import { ParamForm } from '../../../forms/param-form.tsx';
import { Button } from '../../../ui/button.tsx';
import { foldGroup } from '../document/fold-group.ts';
import { changeGroup, ungroup } from '../document/groups.ts';
import type { PipelineModel } from '../document/use-pipeline.ts';
import styles from './step-inspector.module.css';

const shape = {
  title: text('Name', 'Stands above the steps.'),
  note: textLines('Note', 'What readers should know of these steps.', { optional: true }),
  folded: flag('Folded', 'The steps show as one box.'),
};

/** The group of steps that is selected: its name, its note, and whether it is folded. */
export function GroupForm({
  model,
  group,
}: {
  readonly model: PipelineModel;
  readonly group: PipelineGroup;
}) {
  const { id, title, note = '', folded = false, steps } = group;
  return (
    <div className={styles['step']} data-step-form>
      <p className={styles['help']}>A group of {counted(steps.length, 'step')}.</p>
      <ParamForm
        shape={shape}
        values={{ title, note, folded }}
        onChange={(values) =>
          values['folded'] === folded
            ? model.edit(changeGroup(id, values), `group ${id}`)
            : model.edit(foldGroup(id, !folded))
        }
      />
      <Button small onClick={() => model.edit(ungroup(id))}>
        Ungroup
      </Button>
    </div>
  );
}
