import type { ReactNode } from 'react';
import { count } from '../../../shared/number-words.ts';
import { type TabPage, Tabs } from '../../ui/tabs.tsx';
import { ComparisonView } from './comparison-view.tsx';
import { Messages } from './messages.tsx';
import { type Outcome, type Result, useCompared, usePinned, usePlans, useResultPage } from './outcome.ts';
import { PlanPage } from './plan-page.tsx';
import { ResultRows } from './result-rows.tsx';

/** The pages of the results: rows of this run or why it failed, pinned ones, a comparison, the plan, messages. */
export function ResultPages(props: {
  readonly outcome: Outcome & { status: 'done' };
  readonly failure?: ReactNode;
}) {
  const { outcome, failure } = props;
  const [page, setPage] = useResultPage();
  const [pinned] = usePinned();
  const [plans] = usePlans();
  const [compared] = useCompared();
  const withRows = outcome.results.filter(({ result }) => result.bytes);
  const fresh = withRows.filter(({ id }) => !pinned.some((kept) => kept.id === id));
  const all = [...fresh, ...pinned];
  const pair = compared.map((id) => all.find((one) => one.id === id));
  const pages: TabPage[] = [
    ...(failure ? [{ id: 'problem', title: 'Problem', content: failure }] : []),
    ...fresh.map((one) => pageOf(outcome.earlier ? ofEarlier(one) : one, all, false)),
    ...pinned.map((one) => pageOf(one, all, true)),
    ...(pair[0] && pair[1]
      ? [{ id: 'compare', title: 'Compare', content: <ComparisonView before={pair[0]} now={pair[1]} /> }]
      : []),
    ...(plans.length > 0 ? [{ id: 'plan', title: 'Plan', content: <PlanPage plans={plans} /> }] : []),
    {
      id: 'messages',
      title: 'Messages',
      content: <Messages results={outcome.results.map(({ result }) => result)} />,
    },
  ];
  const seen = pages.some(({ id }) => id === page) ? page : (pages[0]?.id ?? 'messages');
  return <Tabs label="Results" pages={pages} value={seen} onChange={setPage} />;
}

const ofEarlier = (one: Result): Result => ({ ...one, title: `Earlier ${one.title.toLowerCase()}` });

function pageOf(one: Result, all: readonly Result[], pinned: boolean): TabPage {
  const { id, title, result } = one;
  return {
    id,
    title,
    aside: `${pinned ? 'pinned · ' : ''}${count(result.rows)}${result.more ? '+' : ''}`,
    content: <ResultRows one={one} all={all} pinned={pinned} />,
  };
}
