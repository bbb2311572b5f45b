import { type KeyboardEvent, useRef, useState } from 'react';
import { count, number } from '../../../shared/number-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import list from '../../ui/list.module.css';
import styles from './plan.module.css';
import { isHeavy, isMisjudged, type PlanLine } from './plan-nodes.ts';

/** The nodes of a plan, each with its rows against the estimate and its own share; Enter opens what more there is. */
export function PlanTree(props: {
  readonly nodes: readonly PlanLine[];
  readonly analyzed: boolean;
  readonly search: string;
  readonly compared: boolean;
}) {
  const { nodes, analyzed, search, compared } = props;
  const [open, setOpen] = useState<readonly number[]>([]);
  const body = useRef<HTMLTableSectionElement>(null);
  const toggle = (at: number) =>
    setOpen((before) => (before.includes(at) ? before.filter((other) => other !== at) : [...before, at]));
  const move = (event: KeyboardEvent, at: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') toggle(at);
    else if (step) body.current?.querySelector<HTMLElement>(`[data-line="${at + step}"]`)?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div className={list['scroll']}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree with columns is what it is */}
      <table role="treegrid" aria-label="Plan" className={cx(list['table'], styles['plan'])}>
        <thead>
          <tr>
            <th scope="col">node</th>
            <th scope="col" className={list['right']}>
              rows estimated
            </th>
            {analyzed && (
              <th scope="col" className={list['right']}>
                rows real
              </th>
            )}
            <th scope="col" className={list['right']}>
              {analyzed ? 'own time' : 'own cost'}
            </th>
            {compared && (
              <th scope="col" className={list['right']}>
                before
              </th>
            )}
            <th scope="col">share</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {nodes.map((line, at) => (
            <Line
              key={`${line.gone ? 'gone ' : ''}${line.node.id}`}
              {...{ line, at, analyzed, compared, search }}
              open={open.includes(at)}
              onToggle={() => toggle(at)}
              onKey={(event) => move(event, at)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps {
  readonly line: PlanLine;
  readonly at: number;
  readonly analyzed: boolean;
  readonly compared: boolean;
  readonly search: string;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

function Line(props: LineProps) {
  const { line, at, analyzed, compared, open, onToggle, onKey } = props;
  const { node, depth, before, gone } = line;
  const spent = (value: number) => (analyzed ? `${value.toFixed(2)} ms` : number(value));
  return (
    <tr
      aria-level={depth + 1}
      aria-expanded={open}
      tabIndex={at === 0 ? 0 : -1}
      data-line={at}
      data-gone={gone || undefined}
      data-found={matches(node, props.search) || undefined}
      data-heavy={(!gone && isHeavy(node)) || undefined}
      onClick={onToggle}
      onKeyDown={onKey}
    >
      <td>
        <div className={styles['node']} style={{ paddingLeft: depth * 18 }}>
          <span className={styles['does']}>{node.does}</span> <span className={styles['on']}>{node.on}</span>
          {!gone && isHeavy(node) && <Badge tone="bad">heavy</Badge>}
          {!gone && isMisjudged(node) && (
            <Badge tone="warn">estimate off ×{count(Math.round(node.off ?? 1))}</Badge>
          )}
          {gone && <Badge tone="plain">only before</Badge>}
          {compared && !gone && before === undefined && <Badge tone="info">new</Badge>}
        </div>
        {open && <Details line={line} />}
      </td>
      <td className={list['right']}>{count(Math.round(node.estimatedRows))}</td>
      {analyzed && (
        <td className={list['right']}>
          {node.rows === undefined ? '' : count(node.rows)}
          {(node.loops ?? 1) > 1 && <span className={styles['on']}> in {count(node.loops ?? 1)} loops</span>}
        </td>
      )}
      <td className={list['right']}>{gone ? '' : spent(node.own)}</td>
      {compared && (
        <td className={list['right']}>
          {gone ? spent(node.own) : before === undefined ? '' : spent(before)}
        </td>
      )}
      <td>
        <span className={styles['bar']} style={{ '--share': gone ? 0 : node.share } as React.CSSProperties} />
        <span className={styles['percent']}>{gone ? '' : `${Math.round(node.share * 100)} %`}</span>
      </td>
    </tr>
  );
}

function Details({ line: { node, depth } }: { readonly line: PlanLine }) {
  if (node.details.length === 0) return null;
  return (
    <dl className={styles['details']} style={{ marginLeft: depth * 18 }}>
      {node.details.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-selectable>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const matches = (node: PlanLine['node'], search: string) =>
  search.trim() !== '' &&
  [node.does, node.on, ...node.details.flat()].join(' ').toLowerCase().includes(search.trim().toLowerCase());
