import type { Node, NodeProps } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { memo } from 'react';
import { counted } from '../../shared/number-words.ts';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { NamedIcon } from '../ui/named-icon.tsx';
import styles from './box.module.css';
import { BoxPorts } from './box-ports.tsx';
import { BoxSign } from './box-sign.tsx';
import type { GraphBox } from './graph.ts';

/** A box with what can be put after it. */
export type BoxNode = Node<
  { readonly box: GraphBox; readonly after: (output: string) => readonly MenuItem[] },
  'box'
>;

/** A step on the canvas: what it is, what it does, how many rows it gave and how it stands. */
export const Box = memo(function Box({ id, data: { box, after }, selected }: NodeProps<BoxNode>) {
  const { title, icon, summary, state, says, fault, count, ports } = box;
  return (
    <div className={styles['box']} data-box data-state={state} data-selected={selected || undefined}>
      <BoxPorts id={id} box={box} />
      <div className={styles['head']}>
        <NamedIcon name={icon} />
        <span className={styles['title']}>{title}</span>
        <BoxSign state={state} says={says} />
      </div>
      <div className={styles['line']}>
        <span className={styles['summary']} title={summary}>
          {summary || (ports.length > 0 ? 'not set up yet' : 'no table chosen')}
        </span>
        {count !== null && <span className={styles['count']}>{counted(count, 'row')}</span>}
      </div>
      {fault && <p className={styles['fault']}>{fault}</p>}
      {box.hasOutput && !box.folded && <AddAfter title={`Add a step after ${title}`} items={after('rows')} />}
    </div>
  );
});

function AddAfter({ title, items }: { readonly title: string; readonly items: readonly MenuItem[] }) {
  const button = (
    <button
      type="button"
      className={`nodrag nopan ${styles['add']}`}
      aria-label={title}
      title={title}
      tabIndex={-1}
    >
      <Plus aria-hidden />
    </button>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click in the menu would else count as one on the box
    <span role="presentation" onClick={(event) => event.stopPropagation()}>
      <Menu trigger={button} items={items} />
    </span>
  );
}
