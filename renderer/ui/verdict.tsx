import { CircleCheck, CircleDashed, CircleX, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { Verdict as VerdictWord } from '../../shared/contract/checks.ts';
import type { Tone } from './badge.tsx';
import styles from './verdict.module.css';

const looks = {
  pass: { icon: CircleCheck, tone: 'ok' },
  warn: { icon: TriangleAlert, tone: 'warn' },
  fail: { icon: CircleX, tone: 'bad' },
  error: { icon: OctagonAlert, tone: 'bad' },
  'not evaluated': { icon: CircleDashed, tone: 'plain' },
} as const satisfies Readonly<Record<VerdictWord, { icon: typeof CircleCheck; tone: Tone }>>;

/** A verdict as shape, word and colour; `compact` reads the word aloud only. */
export function Verdict(props: { readonly verdict: VerdictWord; readonly compact?: boolean }) {
  const { icon: Icon, tone } = looks[props.verdict];
  return (
    <span className={styles['verdict']} data-tone={tone} title={props.compact ? props.verdict : undefined}>
      <Icon aria-hidden />
      <span className={props.compact ? 'visually-hidden' : undefined}>{props.verdict}</span>
    </span>
  );
}
