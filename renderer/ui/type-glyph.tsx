import {
  Binary,
  Braces,
  CalendarClock,
  CalendarDays,
  Clock,
  DecimalsArrowRight,
  Fingerprint,
  Hash,
  Hourglass,
  type LucideIcon,
  Orbit,
  Shapes,
  Sigma,
  ToggleLeft,
  Type,
} from 'lucide-react';
import { type TypeFamily, typeFamily } from '../../shared/column.ts';
import styles from './type-glyph.module.css';

const glyphs: Readonly<Record<TypeFamily, LucideIcon>> = {
  integer: Hash,
  decimal: DecimalsArrowRight,
  float: Sigma,
  boolean: ToggleLeft,
  text: Type,
  date: CalendarDays,
  time: Clock,
  timestamp: CalendarClock,
  timestamptz: CalendarClock,
  interval: Hourglass,
  uuid: Fingerprint,
  json: Braces,
  vector: Orbit,
  bytes: Binary,
  other: Shapes,
};

/** A column's type as a small sign, its name read aloud and on hover. */
export function TypeGlyph({ type }: { readonly type: string }) {
  const Glyph = glyphs[typeFamily(type)];
  return (
    <span className={styles['glyph']} role="img" aria-label={type} title={type}>
      <Glyph aria-hidden />
    </span>
  );
}
