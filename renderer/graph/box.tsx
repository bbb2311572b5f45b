import { Handle, type Node, type NodeProps, Position, useUpdateNodeInternals } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { counted } from '../../shared/number-words.ts';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { NamedIcon } from '../ui/named-icon.tsx';
import styles from './box.module.css';
import { BoxSign } from './box-sign.tsx';
import type { GraphBox } from './graph.ts';

/** A box with what can be put after it. */
export type BoxNode = Node<
  { readonly box: GraphBox; readonly after: (output: string) => readonly MenuItem[] },
  'box'
>;

/** A step on the canvas: what it is, what it does, how many rows it gave and how it stands. */
export const Box = memo(function Box({ id, data: { box, after }, selected }: NodeProps<BoxNode>) {
  useMeasuredPorts(id, box);
  const { title, icon, summary, state, says, fault, count, ports } = box;
  return (
    <div className={styles['box']} data-state={state} data-selected={selected || undefined}>
      <Ports box={box} />
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

/** Lines find their ports again where those of a box became others. */
function useMeasuredPorts(id: string, { ports, outputs }: GraphBox): void {
  const measure = useUpdateNodeInternals();
  const names = [...ports, ...outputs].map((port) => port.id).join(' ');
  const before = useRef(names);
  useEffect(() => {
    if (before.current !== names) measure(id);
    before.current = names;
  }, [id, names, measure]);
}

const placeOf = (at: number, { length }: readonly unknown[]) => `${((at + 1) * 100) / (length + 1)}%`;

type Port = GraphBox['ports'][number];

const sides = {
  in: { type: 'target', position: Position.Left, className: styles['port'] },
  out: { type: 'source', position: Position.Right, className: styles['port'] },
  below: { type: 'source', position: Position.Bottom, className: styles['rejects'] },
} as const;

/** The ports of one side; they tell their names where these tell them apart. */
function PortRow(props: {
  readonly side: keyof typeof sides;
  readonly ports: readonly Port[];
  readonly named: boolean;
}) {
  const { side, ports, named } = props;
  return ports.map(({ id, title }, at) => (
    <Handle
      key={id}
      id={id}
      {...sides[side]}
      style={side === 'below' ? { left: 24 + at * 24 } : { top: placeOf(at, ports) }}
      title={title}
    >
      {named && <span className={styles['portName']}>{title}</span>}
    </Handle>
  ));
}

function Ports({ box }: { readonly box: GraphBox }) {
  const { ports, hasOutput, outputs, rejects } = box;
  const right = [...(hasOutput ? [{ id: 'rows', title: 'Rows' }] : []), ...outputs];
  return (
    <>
      <PortRow side="in" ports={ports} named={ports.length > 1} />
      <PortRow side="out" ports={right} named={right.length > 1} />
      <PortRow side="below" ports={rejects} named={rejects.length === 1} />
    </>
  );
}

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
