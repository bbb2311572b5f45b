import { type ReactNode, useRef } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { cx } from './cx.ts';
import styles from './splitter.module.css';

/** One part of a splitter; a bare number is pixels. */
export interface Part {
  readonly id: string;
  readonly content: ReactNode;
  readonly size?: number | string;
  readonly min?: number | string;
  readonly max?: number | string;
  /** Left out, and its line with it. */
  readonly hidden?: boolean;
}

/** Sizes of a splitter's parts by id: a share in percent, or `240px` for a part whose own size is in pixels. */
export type Sizes = Readonly<Record<string, number | string>>;

/** A part with a size keeps it when others come and go; the one without takes what is left. Where none has one, all keep their share. */
function sizeOf({ size }: Part, kept: number | string | undefined, shares: boolean) {
  const share = typeof kept === 'number' ? `${kept}%` : kept;
  if (size === undefined) return shares && share !== undefined ? { defaultSize: share } : {};
  const usable = inPixels(size) && typeof kept === 'number' ? size : (share ?? size);
  return { defaultSize: usable, groupResizeBehavior: 'preserve-pixel-size' as const };
}

const inPixels = (size: Part['size']) =>
  typeof size === 'number' || (typeof size === 'string' && size.endsWith('px'));

/** What is kept of a layout in percent: pixels of parts that have them, so that a smaller window leaves them legible. */
function keptOf(layout: Readonly<Record<string, number>>, parts: readonly Part[], whole: number): Sizes {
  return Object.fromEntries(
    Object.entries(layout).map(([id, share]) => {
      const pixels = inPixels(parts.find((part) => part.id === id)?.size);
      return [id, pixels ? `${Math.round((share / 100) * whole)}px` : share];
    }),
  );
}

/** What is given the keyboard would scroll the parts by the width of their lines, and nothing would scroll them back. */
const unscrolled = { overflow: 'clip' } as const;

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
  const group = useRef<HTMLDivElement>(null);
  // What comes of itself is not kept: rounded and set again, it would come anew without end.
  const keep = (layout: Readonly<Record<string, number>>, by: { readonly isUserInteraction: boolean }) => {
    if (!by.isUserInteraction) return;
    const { offsetWidth = 0, offsetHeight = 0 } = group.current ?? {};
    const whole = direction === 'row' ? offsetWidth : offsetHeight;
    if (whole > 0) onSizes?.({ ...sizes, ...keptOf(layout, parts, whole) });
  };
  const shares = parts.every(({ size }) => size === undefined);
  return (
    <Group
      orientation={direction === 'row' ? 'horizontal' : 'vertical'}
      className={cx(styles['group'], props.className)}
      elementRef={group}
      style={unscrolled}
      onLayoutChanged={keep}
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
