import type { PromotedTable } from '../../../../shared/contract/promote.ts';
import { counted } from '../../../../shared/number-words.ts';
import { problem } from '../../../../shared/problem.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { hiddenBehind } from '../objects/private-columns.ts';
import { sayDifference } from './row-differences.ts';

/** A rule that one side cannot evaluate proves nothing: it passes only where failing rules are accepted. */
export function refuseOtherVerdicts(evidence: readonly PromotedTable[], acceptFailing: boolean): void {
  for (const { table, checks } of evidence) {
    const others = checks.filter(({ badRows, serverBadRows }) =>
      badRows === null || serverBadRows === null ? !acceptFailing : badRows !== serverBadRows,
    );
    if (others.length === 0) continue;
    const names = others.map(({ check, badRows, serverBadRows }) =>
      serverBadRows === null
        ? `${check} cannot be evaluated there`
        : `${check}: ${badRows === null ? 'unknown' : counted(badRows, 'bad row')} here, ${serverBadRows} there`,
    );
    throw problem(
      'server_failed',
      `The checks of ${table} do not say the same on the target (${names.join(', ')}), so nothing was swapped in.`,
      { hint: 'Promote the tables that these checks look at together with it.', at: { table } },
    );
  }
}

/** What arrived otherwise than it left is named by column, with the first rows that differ. */
export function refuseDifferences(
  evidence: readonly PromotedTable[],
  objects: readonly PromotedObject[],
): void {
  const at = evidence.findIndex(
    ({ checksumsEqual, neighbours }) => !checksumsEqual || neighbours?.equal === false,
  );
  const wrong = evidence[at];
  if (!wrong) return;
  const behind = hiddenBehind(objects[at] as PromotedObject, objects);
  const { table, rows, serverRows, columns, differences, madeBy } = wrong;
  const names = columns
    .filter(({ checksum, serverChecksum }) => checksum !== serverChecksum)
    .map(({ name }) => name);
  const what = names.length > 0 ? names.join(', ') : 'its nearest neighbours';
  // Beside what is masked there would stand what must not be read.
  const shown = (behind.length > 0 ? [] : differences)
    .map((difference) => `\n  ${sayDifference(difference)}`)
    .join('');
  throw problem(
    'server_failed',
    `${table} ${madeBy === undefined ? 'arrived different' : `was made otherwise there by ${madeBy}`} (${counted(rows, 'row')} here, ${serverRows} there; ${what}), so nothing was swapped in.${because(behind)}${shown}`,
    {
      hint: wayOn(madeBy, behind),
      at: { table },
    },
  );
}

const because = (behind: readonly string[]) =>
  behind.length > 0 ? ` It reads ${behind.join(', ')}, masked or left out there.` : '';

function wayOn(madeBy: string | undefined, behind: readonly string[]): string {
  if (behind.length > 0) return 'Leave it out, or let the rows of a table that holds the same be sent.';
  return madeBy === undefined
    ? 'If the table was changed here meanwhile, promote again.'
    : 'If the pipeline has not run here since its tables changed, run it; else let its rows be sent.';
}
