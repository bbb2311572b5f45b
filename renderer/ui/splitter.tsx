import type { ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { cx } from './cx.ts';
import styles from './splitter.module.css';

/** One part of a splitter; sizes in percent unless they say `px`. */
export interface Part {
  readonly id: string;
  readonly content: ReactNode;
  readonly size?: number | string;
  readonly min?: number | string;
  readonly max?: number | string;
  /** Left out, and its line with it. */
  readonly hidden?: boolean;
}

/** Sizes of a splitter's parts in percent, by id. */
export type Sizes = Readonly<Record<string, number>>;

/** A part with a size keeps it when others come and go; the one without takes what is left. Where none has one, all keep their share. */
function sizeOf({ size }: Part, kept: number | undefined, shares: boolean) {
  if (size === undefined) return shares && kept !== undefined ? { defaultSize: `${kept}%` } : {};
  const defaultSize = kept === undefined ? size : `${kept}%`;
  return { defaultSize, groupResizeBehavior: 'preserve-pixel-size' as const };
}

/** Parts side by side (`row`) or one above the other (`column`) with lines to drag between them. */
export function Splitter(props: {
  readonly label: string;
  readonly direction: 'row' | 'column';
  readonly parts: readonly Part[];
  readonly sizes?: Sizes | undefined;
  readonly onSizes?: (sizes: Sizes) => void;
  readonly className?: string | undefined;
}) {
  const { direction, sizes, onSizes, label } = props;
  const parts = props.parts.filter(({ hidden }) => !hidden);
  const shares = parts.every(({ size }) => size === undefined);
  return (
    <Group
      orientation={direction === 'row' ? 'horizontal' : 'vertical'}
      className={cx(styles['group'], props.className)}
      onLayoutChanged={(next) => onSizes?.({ ...sizes, ...next })}
    >
      {parts.flatMap((part, index) => [
        ...(index > 0
          ? [<Separator key={`${part.id} line`} aria-label={`Resize ${label}`} className={styles['line']} />]
          : []),
        <Panel
          key={part.id}
          id={part.id}
          className={styles['part']}
          {...sizeOf(part, sizes?.[part.id], shares)}
          {...(part.min === undefined ? {} : { minSize: part.min })}
          {...(part.max === undefined ? {} : { maxSize: part.max })}
        >
          {part.content}
        </Panel>,
      ])}
    </Group>
  );
}
