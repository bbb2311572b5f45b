import { Handle, Position, useNodeConnections, useUpdateNodeInternals } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import styles from './box-ports.module.css';
import type { BoxPort, GraphBox } from './graph.ts';

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

const sides = {
  in: { type: 'target', position: Position.Left, className: styles['port'] },
  out: { type: 'source', position: Position.Right, className: styles['port'] },
  below: { type: 'source', position: Position.Bottom, className: styles['rejects'] },
} as const;

/** What a port at the right is called, until a line from it says that. */
function OutputName({ id, title }: BoxPort) {
  const lines = useNodeConnections({ handleType: 'source', handleId: id });
  return lines.length > 0 ? null : <span className={styles['portName']}>{title}</span>;
}

/** The ports of one side; they tell their names where these tell them apart. */
function PortRow(props: {
  readonly side: keyof typeof sides;
  readonly ports: readonly BoxPort[];
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
      {named && side === 'out' && <OutputName id={id} title={title} />}
      {named && side !== 'out' && <span className={styles['portName']}>{title}</span>}
    </Handle>
  ));
}

/** The ports of a box, at its sides. */
export function BoxPorts({ id, box }: { readonly id: string; readonly box: GraphBox }) {
  useMeasuredPorts(id, box);
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
