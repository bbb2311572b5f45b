import { expect, test } from 'vitest';
import { openTestEngine } from '../open-test-engine.ts';
import { file, rowsOf } from './workspace-files.ts';

const two = (n: number) => String(n).padStart(2, '0');
const odd = ['', 'NA', '  ', ' 12,5 ', '12345678901234567,25', '1.234.567,5', '0,10'];

/** An office's list of some megabytes: most rows are written alike, some are odd, some do not fit. */
function officeList(): string {
  const lines = ['id;day;at;sum;price;paid;note'];
  for (let n = 1; n <= 22_000; n++) {
    const day = n % 911 === 0 ? '31/02/2024' : `${n % 28 || 28}/${two(1 + (n % 12))}/20${10 + (n % 15)}`;
    const at = n % 1201 === 0 ? 'soon' : `${two(1 + (n % 28))}.${1 + (n % 12)}.2024 ${n % 24}:${two(n % 60)}`;
    const money = `${(n * 37) % 9_000},${two(n % 100)}`.replace(/^(\d)(\d{3}),/, '$1.$2,');
    const sum = n % 83 === 0 ? odd[(n / 83) % odd.length] : money;
    const price = n % 1009 === 0 ? '€ ten' : `€ ${n % 500},${two(n % 100)}`;
    const paid = n % 3 === 0 ? 'ja' : n % 1013 === 0 ? 'TRUE' : 'Nein';
    lines.push(
      `${n};${day};${at};${sum};${price};${paid};${n % 5 === 0 ? '"said ""no"""' : `note ${n} of a list that is long enough`}`,
    );
  }
  lines.splice(15_000, 0, '', 'too;few', '9;"open;1');
  return `${lines.join('\n')}\nend of the list\n`;
}

test('rows that go in while the rest is looked at are those of the slower way, and so are their rejects', async () => {
  const at = await openTestEngine();
  await file(at, 'office.csv', officeList());
  const settled = () => rowsOf(at, 'select redo_lsn::text from pg_control_checkpoint()');
  const before = await settled();
  const quick = await at.engine.import.load({ path: 'office.csv', table: 'quick', onMisfit: { at: 'null' } });
  // A cancel behind the rows, and a crash, need not wait until all of them are written once more.
  expect(await settled()).not.toEqual(before);
  // Several files as one table are never loaded while they are looked at.
  const slow = await at.engine.import.load({ path: '{office.csv}', table: 'slow', onMisfit: { at: 'null' } });
  expect(quick.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'id integer',
    'day date',
    'at timestamp without time zone',
    'sum numeric',
    'price numeric',
    'paid boolean',
    'note text',
  ]);
  expect(quick.account).toEqual(slow.account);
  expect(quick.account).toMatchObject({ rejected: 24 + 21 + 2, skippedBy: { blank: 1, footer: 1 } });
  expect(quick.columns[2]?.nulled).toBe(18);
  const differing = `select count(*)::int as n from
    (table quick except select _row, id, day, at, sum, price, paid, note from slow) as lost`;
  expect(await rowsOf(at, differing)).toEqual([[0]]);
  const kept = async (table: string) =>
    (await at.engine.import.rejects({ table, offset: 0, limit: 1000 })).rejects.map(
      ({ line, offset, column, cause, raw }) => ({
        line,
        offset,
        column,
        cause: cause.replace('office.csv: ', ''),
        raw,
      }),
    );
  expect(await kept('quick')).toEqual(await kept('slow'));
  const inOrder =
    'select bool_and(id > before) as sorted from (select id, lag(id) over (order by _row) as before from quick) as q';
  expect(await rowsOf(at, inOrder)).toEqual([[true]]);
});
