import { ArrowRight } from 'lucide-react';
import { named } from '../../../shared/by-name.ts';
import type { FileColumn, Reading } from '../../../shared/contract/files.ts';
import { counted } from '../../../shared/number-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { TypeGlyph } from '../../ui/type-glyph.tsx';
import { Confidence } from './confidence.tsx';
import styles from './guesses.module.css';
import { NullMarkers } from './null-markers.tsx';
import type { FilePlan } from './plan.ts';

/** Numbers and truths say in their reason how they are written. */
const isMoment = /%[dmYy]/;

/** A column's type with what speaks for it; what the file does not decide is asked. */
export function ColumnGuess(props: {
  readonly column: FileColumn;
  readonly plan: FilePlan;
  readonly change: (part: Partial<FilePlan>) => void;
}) {
  const { column, plan, change } = props;
  const { name, type, reason, confidence, format, readings = [], offers = [], zerosLost = 0 } = column;
  const read = (reading: Reading) =>
    change({
      types: { ...plan.types, [name]: reading.type },
      formats: { ...plan.formats, [name]: reading.format },
    });
  return (
    <li>
      <span className={styles['guessHead']}>
        <TypeGlyph type={type} />
        <span className={styles['name']}>{name}</span>
        <span className={styles['type']}>{type}</span>
        {named(plan.types, name) === undefined ? (
          <Confidence share={confidence} />
        ) : (
          <Badge tone="accent">chosen</Badge>
        )}
      </span>
      <span className={styles['reason']}>
        {reason}
        {format && isMoment.test(format) && ` · ${format.replaceAll('|', ' or ')}`}
      </span>
      {zerosLost > 0 && (
        <span className={styles['doubt']} role="status">
          {`${counted(zerosLost, 'cell')} such as 0007 lose a leading zero or plus`}
        </span>
      )}
      {readings.length > 0 && (
        <span className={styles['nulls']}>
          {readings.map((reading) => (
            <Button key={`${reading.type} ${reading.format}`} small onClick={() => read(reading)}>
              Read as {reading.says}
            </Button>
          ))}
        </span>
      )}
      {offers
        .filter((offer) => offer.type !== type)
        .map((offer) => (
          <span key={offer.type} className={styles['offer']}>
            <Button
              small
              kind="quiet"
              icon={ArrowRight}
              onClick={() => change({ types: { ...plan.types, [name]: offer.type } })}
            >
              Make it {offer.type}
            </Button>
            <span className={styles['reason']}>{offer.evidence}</span>
          </span>
        ))}
      <NullMarkers
        column={column}
        onNulls={(markers) => change({ nulls: { ...plan.nulls, [name]: markers } })}
      />
    </li>
  );
}
