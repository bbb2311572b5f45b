import { Search } from 'lucide-react';
import { type KeyboardEvent, type Ref, useCallback, useMemo, useState } from 'react';
import { NamedIcon } from '../../../ui/named-icon.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { dragType, kindsLike, type StepKind } from '../document/step-kinds.ts';
import styles from './step-palette.module.css';

/** All kinds of steps, and a field to find one: a click or Enter puts it after the selected step, a drag anywhere. */
export function StepPalette(props: {
  readonly onAdd: (kind: string) => void;
  /** A step was added by its name: the keyboard may go on to it. */
  readonly onTyped: () => void;
  readonly listRef: Ref<HTMLElement>;
}) {
  const [written, setWritten] = useState('');
  const groups = useMemo(() => kindsLike(written), [written]);
  const first = groups[0]?.kinds[0]?.kind;
  const addFirst = () => {
    if (!first || written.trim() === '') return;
    props.onAdd(first);
    setWritten('');
    props.onTyped();
  };
  return (
    <nav aria-label="Steps" className={styles['list']} ref={props.listRef} onKeyDown={moveFocus}>
      <TextField
        label="Find a step"
        hideLabel
        icon={Search}
        placeholder="Find a step"
        value={written}
        onChange={setWritten}
        onEnter={addFirst}
        onKeyDown={({ key }) => key === 'Escape' && setWritten('')}
      />
      {groups.length === 0 && <p className={styles['none']}>No step is called that.</p>}
      {groups.map(({ title, kinds }) => (
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
  const places = [...event.currentTarget.querySelectorAll<HTMLElement>('button, input')];
  const at = places.indexOf(document.activeElement as HTMLElement);
  places[(at + by + places.length) % places.length]?.focus();
  event.preventDefault();
}
