import { CircleAlert, CircleCheck, RotateCcw, ShieldCheck } from 'lucide-react';
import type { PromotedTable, Receipt } from '../../../shared/contract/promote.ts';
import { count, counted, duration } from '../../../shared/number-words.ts';
import { bridge } from '../../bridge.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ago } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { useEngine } from '../../use-engine.ts';
import { OriginList } from './origin-list.tsx';
import styles from './receipt.module.css';
import { RowDifferences } from './row-differences.tsx';

const statuses = {
  verified: {
    tone: 'ok',
    icon: CircleCheck,
    says: 'Every row, checksum and check is the same on both sides.',
  },
  differs: {
    tone: 'bad',
    icon: CircleAlert,
    says: 'The two sides are not the same; what differs is marked.',
  },
  'rolled back': { tone: 'warn', icon: RotateCcw, says: 'What this promotion replaced was put back.' },
} as const;

/** A receipt: what went, and each piece of evidence to open. */
export function ReceiptView({ receipt }: { readonly receipt: Receipt }) {
  const { tone, icon: Icon, says } = statuses[receipt.status];
  const file = receipt.receipt;
  return (
    <section className={styles['receipt']} aria-label="Receipt">
      <header data-tone={tone}>
        <Icon aria-hidden />
        <h2>{receipt.receipt ? receipt.status : `compared: ${receipt.status}`}</h2>
        <p>
          {says} {receipt.server}, {ago(receipt.startedAt)}, in {duration(receipt.ms)}
          {receipt.by.user === '' ? '' : `, by ${receipt.by.person} as ${receipt.by.user}`}.
        </p>
        {file && (
          <Button small onClick={() => void bridge.revealFile(file)}>
            Show file
          </Button>
        )}
      </header>
      {file && <Proof file={file} />}
      {receipt.accepted && <Accepted gates={receipt.accepted} />}
      {receipt.notes.length > 0 && (
        <ul className={styles['notes']}>
          {receipt.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {receipt.tables.map((table) => (
        <Evidence key={`${table.kind} ${table.table}`} table={table} />
      ))}
      {receipt.origins && <OriginList origins={receipt.origins} />}
    </section>
  );
}

/** What the signature proves of the file as it is now. */
function Proof({ file }: { readonly file: string }) {
  const { data, problem } = useEngine('promote', 'proof', { file }, { keepFor: 0 });
  if (problem) return <Notice tone="warn">Its signature cannot be checked: {problem.message}</Notice>;
  if (!data) return null;
  if (!data.intact) return <Notice tone="bad">{data.says}</Notice>;
  return (
    <p className={styles['proof']} title={`Ed25519, key ${data.key}`}>
      <ShieldCheck aria-hidden />
      {data.says}
    </p>
  );
}

/** What was known to be wrong, and who promotes anyway has said so. */
function Accepted({ gates }: { readonly gates: NonNullable<Receipt['accepted']> }) {
  return (
    <Notice tone="warn">
      Promoted although {gates.length === 1 ? 'a check' : `${count(gates.length)} checks`} did not pass, which
      was accepted: {gates.map(({ table, check }) => `${table}.${check}`).join(', ')}.
    </Notice>
  );
}

function Evidence({ table }: { readonly table: PromotedTable }) {
  const { checksumsEqual, checksEqual } = table;
  return (
    <details className={styles['evidence']} open={!checksumsEqual || checksEqual === false}>
      <summary>
        <b>{table.kind === 'collection' ? `collections.${table.table}` : table.table}</b>
        <span>
          {counted(table.rows, 'row')} here, {count(table.serverRows)} there
          {table.stands &&
            table.stands.rows !== table.serverRows &&
            `, ${count(table.stands.rows)} with what stays`}
          {table.madeBy && `, made there by ${table.madeBy}`}
        </span>
        <Badge tone={checksumsEqual ? 'ok' : 'bad'}>
          {checksumsEqual ? 'checksums equal' : 'checksums differ'}
        </Badge>
        {table.neighbours && (
          <Badge tone={table.neighbours.equal ? 'ok' : 'bad'}>
            {table.neighbours.equal ? 'neighbours equal' : 'neighbours differ'}
          </Badge>
        )}
        {checksEqual !== null && (
          <Badge tone={checksEqual ? 'ok' : 'bad'}>{checksEqual ? 'checks equal' : 'checks differ'}</Badge>
        )}
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Checksum here</th>
            <th scope="col">Checksum there</th>
          </tr>
        </thead>
        <tbody>
          {table.columns.map(({ name, checksum, serverChecksum }) => (
            <tr key={name} data-differs={checksum !== serverChecksum || undefined}>
              <th scope="row">{name}</th>
              <td>{checksum}</td>
              <td>{serverChecksum}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {table.differences.length > 0 && <RowDifferences differences={table.differences} />}
      {table.checks.length > 0 && <Checks checks={table.checks} />}
    </details>
  );
}

function Checks({ checks }: { readonly checks: PromotedTable['checks'] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Check</th>
          <th scope="col">Bad rows here</th>
          <th scope="col">Bad rows there</th>
        </tr>
      </thead>
      <tbody>
        {checks.map(({ check, badRows, serverBadRows, why }) => (
          <tr key={check} data-differs={badRows === null || badRows !== serverBadRows || undefined}>
            <th scope="row">
              {check}
              {why && <p>{why}</p>}
            </th>
            <td>{badRows ?? 'not evaluated'}</td>
            <td>{serverBadRows ?? 'not evaluated'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Earlier promotions to the target, newest first. */
export function ReceiptList(props: {
  readonly receipts: readonly Receipt[];
  readonly shown: Receipt | null;
  readonly onShow: (receipt: Receipt) => void;
}) {
  return (
    <section className={styles['earlier']} aria-label="Receipts">
      <h2>Receipts</h2>
      <ul>
        {props.receipts.map((receipt) => (
          <li key={receipt.id}>
            <button
              type="button"
              aria-pressed={receipt.id === props.shown?.id}
              onClick={() => props.onShow(receipt)}
            >
              <time dateTime={receipt.startedAt}>{ago(receipt.startedAt)}</time>
              <Badge tone={statuses[receipt.status].tone}>{receipt.status}</Badge>
              <span>
                {counted(receipt.tables.length, 'object')},{' '}
                {counted(
                  receipt.tables.reduce((rows, table) => rows + table.serverRows, 0),
                  'row',
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
