import { Activity, Component, type ReactNode, Suspense } from 'react';
import { toProblem } from '../../shared/problem.ts';
import { tabKind } from '../rooms/registry.ts';
import { ProblemView } from '../ui/problem-view.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TabContext } from '../workspace/tab-state.ts';
import { type Tab, useTabs } from '../workspace/tabs.ts';
import styles from './frame.module.css';

const keptAlive = 8;

/** Keeps a view's fault in that view. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly thrown?: unknown }> {
  override state: { readonly thrown?: unknown } = {};

  static getDerivedStateFromError(thrown: unknown) {
    return { thrown };
  }

  override render() {
    const { thrown } = this.state;
    if (thrown === undefined) return this.props.children;
    const again = () => this.setState({ thrown: undefined });
    return <ProblemView problem={toProblem(thrown)} action={{ label: 'Try again', run: again }} />;
  }
}

/** A view of a tab: it knows its tab, its faults stay inside, it may load its code late. */
export function InTab({ tab, children }: { readonly tab: Tab; readonly children: ReactNode }) {
  return (
    <TabContext value={tab.id}>
      <Boundary key={tab.id}>
        <Suspense fallback={<Skeleton />}>{children}</Suspense>
      </Boundary>
    </TabContext>
  );
}

const missing = (tab: Tab) => ({
  code: 'not_found' as const,
  message: `This version cannot show "${tab.title}".`,
  hint: 'Close the tab; nothing is lost by that.',
});

function Room({ tab }: { readonly tab: Tab }) {
  const View = tabKind(tab.kind)?.kind.Component;
  return View ? <View /> : <ProblemView problem={missing(tab)} />;
}

/** The seen tab's room; the last few stay as they are behind it. */
export function RoomArea() {
  const { tabs, active, recent } = useTabs();
  const alive = tabs.filter(({ id }) => id === active || recent.slice(0, keptAlive).includes(id));
  return (
    <div id="room" className={styles['room']}>
      {alive.map((tab) => (
        <Activity key={tab.id} mode={tab.id === active ? 'visible' : 'hidden'}>
          <div className={styles['view']} role="tabpanel" data-pane aria-labelledby={`tab ${tab.id}`}>
            <InTab tab={tab}>
              <Room tab={tab} />
            </InTab>
          </div>
        </Activity>
      ))}
    </div>
  );
}
