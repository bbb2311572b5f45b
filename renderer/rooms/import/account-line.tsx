import type { Account } from '../../../shared/contract/files.ts';
import { count, counted } from '../../../shared/number-words.ts';
import styles from './import-view.module.css';

const words = {
  header: 'header',
  blank: 'blank',
  preamble: 'before the header',
  comment: 'comments',
  footer: 'after the table',
  otherTable: 'of another table',
};
const kinds = Object.keys(words) as (keyof typeof words)[];

/** Where every record of the file goes: physical = rows + rejected + skipped. */
export function AccountLine({
  account,
  complete,
}: {
  readonly account: Account;
  readonly complete: boolean;
}) {
  const { physical, loaded, rejected, skipped, skippedBy } = account;
  const why = kinds.flatMap((kind) => {
    const records = skippedBy[kind] ?? 0;
    const says = kind === 'comment' && records === 1 ? 'comment' : words[kind];
    return records > 0 ? [`${count(records)} ${says}`] : [];
  });
  return (
    <p className={styles['account']} data-selectable>
      {!complete && <span className={styles['muted']}>First megabytes: </span>}
      <strong>{counted(physical, 'record')}</strong>
      {' = '}
      <strong>{counted(loaded, 'row')}</strong>
      {' + '}
      <span data-tone={rejected > 0 ? 'warn' : undefined}>{count(rejected)} rejected</span>
      {' + '}
      <span title={why.join(', ')}>
        {count(skipped)} skipped
        {why.length > 0 && <span className={styles['muted']}> ({why.join(', ')})</span>}
      </span>
    </p>
  );
}
