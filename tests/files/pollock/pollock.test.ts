import { expect, test } from 'vitest';
import type { FilePreview } from '../../../shared/contract/files.ts';
import { toProblem } from '../../../shared/problem.ts';
import { file } from '../../import/workspace-files.ts';
import { openTestEngine } from '../../open-test-engine.ts';
import { type Polluted, pollutions } from './pollutions.ts';

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** What is wrong with what we make of a polluted file; nothing where it is as in the clean one. */
function faultOf(polluted: Polluted, seen: FilePreview): string | undefined {
  const { header, rows, unclear } = polluted;
  const { account, columns } = seen;
  if (account.physical !== account.loaded + account.rejected + account.skipped) return 'the account is wrong';
  const found = columns.map(({ originalName }) => originalName);
  const wanted = header ?? columns.map(() => '');
  if (!same(found, wanted)) return `names: ${JSON.stringify(found).slice(0, 200)}`;
  const loaded = seen.rows
    .filter((_, at) => !unclear || seen.disagreeing[at]?.length === 0)
    .map((row) => row.map((cell) => cell ?? ''));
  const rest = unclear ? loaded.filter((row) => !same(row, unclear.row)) : loaded;
  const expected = rows.slice(0, 200);
  const wrong = expected.findIndex((row, at) => !same(row, rest[at]));
  if (wrong >= 0) return `row ${wrong + 1}: ${JSON.stringify(rest[wrong])?.slice(0, 200)}`;
  if (rest.length !== expected.length)
    return `${rest.length} rows instead of ${expected.length}: ${JSON.stringify(rest[expected.length])?.slice(0, 200)}`;
  if (!unclear)
    return rest.length < 200 && account.rejected > misfits(seen) ? `${account.rejected} rejected` : undefined;
  const kept = rest.length < loaded.length || seen.rejects.some(({ raw }) => raw === unclear.raw);
  return kept ? undefined : `neither loaded nor rejected: ${JSON.stringify(seen.rejects).slice(0, 200)}`;
}

/** Rows that are as they should be, but not of their columns' types. */
const misfits = ({ disagreeing }: FilePreview) => disagreeing.filter(({ length }) => length > 0).length;

test('Pollock: of its kinds of pollution, with no parameters, at least 97 of 100 load as the clean file', async () => {
  const at = await openTestEngine();
  const all = pollutions();
  const misses: string[] = [];
  for (const polluted of all) {
    const path = await file(at, `polluted/${polluted.file}`, polluted.bytes);
    const fault = await at.engine.files.preview({ path, whole: true }).then(
      (seen) => (polluted.refused ? 'it was not refused' : faultOf(polluted, seen)),
      (thrown) => {
        const { message } = toProblem(thrown);
        return polluted.refused?.test(message) ? undefined : `refused: ${message}`;
      },
    );
    if (fault) misses.push(`${polluted.name}: ${fault}${polluted.known ? ` (${polluted.known})` : ''}`);
  }
  console.log(`${all.length - misses.length} of ${all.length} load perfectly.\n${misses.join('\n')}`);
  expect((all.length - misses.length) / all.length).toBeGreaterThanOrEqual(0.97);
  expect(all.length).toBeGreaterThanOrEqual(100);
}, 300_000);
