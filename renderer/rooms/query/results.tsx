import type { Problem } from '../../../shared/problem.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { type Outcome, useWriting } from './outcome.ts';
import { ResultPages } from './result-pages.tsx';

const noResults = { status: 'done', results: [], run: 0 } as const;

/** What a run gave: a page per statement with rows, plans, what is pinned, and the messages of all. */
export function Results(props: {
  readonly outcome: Outcome;
  readonly kept: boolean;
  readonly onCancel: () => void;
  readonly onReveal: () => void;
}) {
  const { outcome, kept, onCancel, onReveal } = props;
  const [, setWriting] = useWriting();
  if (outcome.status === 'running') return <Skeleton says="Running…" onCancel={onCancel} />;
  if (outcome.status === 'failed') {
    const failure = (
      <ProblemView problem={toldOf(outcome.problem)} action={wayOn(outcome, setWriting, onReveal)} />
    );
    return kept ? <ResultPages outcome={noResults} failure={failure} /> : failure;
  }
  if (outcome.status === 'done') return <ResultPages outcome={outcome} />;
  return kept ? (
    <ResultPages outcome={noResults} />
  ) : (
    <EmptyState says="Run a statement to see its rows here." />
  );
}

/** That it is about undo is told by its words; there is no setting of this name to look for. */
function toldOf(problem: Problem): Problem {
  const { param, ...at } = problem.at ?? {};
  return param === 'undo' ? { ...problem, at } : problem;
}

/** What can be done about a failure: write after all, do it without undo, or look at the place. */
function wayOn(
  { problem, again }: Outcome & { status: 'failed' },
  setWriting: (writing: boolean) => void,
  onReveal: () => void,
) {
  if (problem.at?.sqlstate === '25006')
    return {
      label: 'Allow writing',
      run: () => {
        setWriting(true);
        again(false);
      },
    };
  if (problem.at?.param === 'undo') return { label: 'Run without undo', run: () => again(true) };
  return problem.at?.position === undefined ? undefined : { label: 'Show in the text', run: onReveal };
}
