import { type KeyboardEvent, type Ref, useCallback } from 'react';
import { NamedIcon } from '../../ui/named-icon.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { dragType, type StepKind, stepGroups } from './step-kinds.ts';
import styles from './step-palette.module.css';

/** All kinds of steps: a click or Enter puts one after the selected step, a drag anywhere. */
export function StepPalette(props: {
  readonly onAdd: (kind: string) => void;
  readonly listRef: Ref<HTMLElement>;
}) {
  return (
    <nav aria-label="Steps" className={styles['list']} ref={props.listRef} onKeyDown={moveFocus}>
      {stepGroups.map(({ title, kinds }) => (
        <section key={title} aria-label={title}>
          <h3 className={styles['group']}>{title}</h3>
          {kinds.map((kind) => (
            <Kind key={kind.kind} {...kind} onAdd={props.onAdd} />
          ))}
        </section>
      ))}
    </nav>
  );
}

function Kind({ kind, definition, onAdd }: StepKind & { readonly onAdd: (kind: string) => void }) {
  const add = useCallback(() => onAdd(kind), [kind, onAdd]);
  return (
    <Tooltip says={definition.help} side="right">
      <button
        type="button"
        draggable
        className={styles['kind']}
        onClick={add}
        onDragStart={(event) => {
          event.dataTransfer.setData(dragType, kind);
          event.dataTransfer.effectAllowed = 'copy';
        }}
      >
        <NamedIcon name={definition.icon} />
        {definition.title}
      </button>
    </Tooltip>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[(at + by + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}
