import { ArrowUpFromLine, Pencil, Plus, Server, Trash2 } from 'lucide-react';
import type { Target } from '../../../shared/contract/workspace.ts';
import { confirm } from '../../ui/ask.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useEngine, useEngineAction } from '../../use-engine.ts';
import { useTabState } from '../../workspace/tab-state.ts';
import { askForTarget, editTarget, useEditedTarget } from './edited-target.ts';
import styles from './promote.module.css';
import { Promotion } from './promotion.tsx';
import { TargetDialog } from './target-dialog.tsx';
import { targetPlace } from './target-words.ts';

/** The room: targets on the left, what to do with the chosen one on the right. */
export default function PromoteView() {
  const { data, problem } = useEngine('workspace', 'info', {});
  const [chosen, setChosen] = useTabState<string | null>('target', null);
  const { edited } = useEditedTarget();
  if (problem) return <ProblemView problem={problem} />;
  if (!data) return <Skeleton />;
  const target = data.targets.find(({ name }) => name === chosen) ?? data.targets[0];
  return (
    <div className={styles['room']}>
      <TargetList targets={data.targets} chosen={target} onChoose={setChosen} onEdit={editTarget} />
      {target ? (
        <Promotion
          key={`${target.name} ${targetPlace(target)}`}
          target={target}
          others={data.targets.filter((other) => other !== target)}
        />
      ) : (
        <EmptyState
          icon={ArrowUpFromLine}
          says="Add the server to promote to, or a folder to rehearse on."
          action={{ label: 'Add target', run: askForTarget, shortcut: 'Mod+Shift+A' }}
        />
      )}
      {edited && (
        <TargetDialog
          target={edited === 'new' ? undefined : edited}
          onClose={(saved) => {
            editTarget(null);
            if (saved) setChosen(saved);
          }}
        />
      )}
    </div>
  );
}

function TargetList(props: {
  readonly targets: readonly Target[];
  readonly chosen: Target | undefined;
  readonly onChoose: (name: string) => void;
  readonly onEdit: (target: Target | 'new') => void;
}) {
  const { targets, chosen, onChoose, onEdit } = props;
  const { run } = useEngineAction('workspace', 'removeTarget');
  const remove = async ({ name }: Target) => {
    const says = 'Only its entry in assay.yaml goes; nothing on the target is touched.';
    if (await confirm({ title: `Remove the target “${name}”?`, says, action: 'Remove', danger: true }))
      await run({ name });
  };
  return (
    <nav className={styles['targets']} aria-label="Targets">
      <header>
        <h2>Targets</h2>
        <IconButton label="Add target" icon={Plus} onClick={() => onEdit('new')} />
      </header>
      <ul>
        {targets.map((target) => (
          <li key={target.name} data-chosen={target === chosen || undefined}>
            <button
              type="button"
              aria-current={target === chosen || undefined}
              onClick={() => onChoose(target.name)}
            >
              <Server aria-hidden />
              <span>{target.name}</span>
              <small>{targetPlace(target)}</small>
            </button>
            <IconButton label={`Edit ${target.name}`} icon={Pencil} onClick={() => onEdit(target)} />
            <IconButton label={`Remove ${target.name}`} icon={Trash2} onClick={() => void remove(target)} />
          </li>
        ))}
      </ul>
    </nav>
  );
}
