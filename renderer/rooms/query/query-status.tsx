import { counted, duration } from '../../../shared/number-words.ts';
import { useOutcome, useResultSelection } from './outcome.ts';

/** What the last run gave and what is selected of it, in the status bar. */
export function QueryStatus() {
  const [outcome] = useOutcome();
  const [selected] = useResultSelection();
  if (outcome.status !== 'done' || outcome.earlier) return null;
  const last = outcome.results.findLast(({ result }) => result.bytes) ?? outcome.results.at(-1);
  if (!last) return null;
  const ms = outcome.results.reduce((sum, { result }) => sum + result.ms, 0);
  return (
    <>
      {counted(last.result.rows, 'row')} in {duration(ms)}
      {selected && ` · ${selected}`}
    </>
  );
}
