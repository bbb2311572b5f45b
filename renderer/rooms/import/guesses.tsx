import { RotateCcw } from 'lucide-react';
import type { DialectOverride, FilePreview } from '../../../shared/contract/files.ts';
import type { SettingValue } from '../../../shared/contract/formats.ts';
import { bytes, count } from '../../../shared/number-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/switch.tsx';
import { ColumnGuess } from './column-guess.tsx';
import { Confidence } from './confidence.tsx';
import { DialectEvidence } from './dialect-evidence.tsx';
import { DialectForm } from './dialect-form.tsx';
import { FormatForm } from './format-form.tsx';
import styles from './guesses.module.css';
import { LeftOutNotes } from './left-out.tsx';
import { type FilePlan, openPlan } from './plan.ts';
import { RejectsTable } from './rejects-table.tsx';

interface GuessesProps {
  readonly preview: FilePreview;
  readonly plan: FilePlan;
  readonly change: (part: Partial<FilePlan>) => void;
}

/** What was found out of the file, with its evidence; all of it can be corrected. */
export function Guesses({ preview, plan, change }: GuessesProps) {
  const { dialect, format, columns, rejects } = preview;
  const decided = { ...plan.dialect, ...plan.types, ...plan.settings, ...plan.onMisfit, ...plan.nulls };
  const onDialect = (part: DialectOverride) => change({ dialect: { ...plan.dialect, ...part } });
  const onSetting = (key: string, value: SettingValue) =>
    change({ settings: { ...plan.settings, [key]: value } });
  const touched = Object.keys(decided).length > 0 || plan.allText;
  return (
    <div className={styles['guesses']}>
      <header>
        <h3>How it is written</h3>
        <Confidence share={format.confidence} />
        {touched && (
          <Button
            small
            kind="quiet"
            icon={RotateCcw}
            onClick={() => change({ ...openPlan, formats: {}, onMisfit: {}, nulls: {} })}
          >
            As found
          </Button>
        )}
      </header>
      <p className={styles['evidence']}>
        {format.evidence}. {bytes(preview.bytes)}.
      </p>
      {format.settings.length > 0 && <FormatForm settings={format.settings} onChange={onSetting} />}
      <LeftOutNotes
        format={format}
        delimited={dialect !== null}
        onDialect={onDialect}
        onSetting={onSetting}
      />
      {dialect && (
        <>
          <DialectForm dialect={dialect} onChange={onDialect} />
          <DialectEvidence
            dialect={dialect}
            onTable={(skipLines) =>
              change({ dialect: { ...plan.dialect, skipLines, footerLines: undefined } })
            }
            onFooter={(footerLines) => change({ dialect: { ...plan.dialect, footerLines } })}
          />
        </>
      )}
      <Switch
        label="Keep every cell as written, as text"
        checked={plan.allText}
        onChange={(allText) => change({ allText })}
      />
      {rejects.length > 0 && (
        <details className={styles['rejects']} open={rejects.length <= 5}>
          <summary>
            {count(rejects.length)}
            {preview.account.rejected > rejects.length && ` of ${count(preview.account.rejected)}`} rejected
          </summary>
          <RejectsTable rejects={rejects} />
        </details>
      )}
      <header>
        <h3>Columns</h3>
        <Badge>{count(columns.length)}</Badge>
      </header>
      <ul className={styles['columns']}>
        {columns.slice(0, 300).map((column) => (
          <ColumnGuess key={column.name} {...{ column, plan, change }} />
        ))}
      </ul>
    </div>
  );
}
