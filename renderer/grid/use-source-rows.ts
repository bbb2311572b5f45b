import { useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { onEngineEvent, useConnection } from '../engine.ts';
import { type PageSource, SourcePages, type SourceState } from './source-rows.ts';

const none: SourceState = { rows: undefined, problem: undefined, version: 0 };

/** The rows of a source, page by page; read again when tables changed or an engine started. */
export function useSourceRows(source: PageSource): SourceState & {
  readonly again: () => void;
  readonly stop: () => void;
} {
  const key = JSON.stringify(source);
  const [state, setState] = useState<SourceState & { readonly of?: string }>(none);
  const engines = useConnection(({ ports }) => ports);
  const pages = useMemo(() => {
    // At once: an update of its own time would come after the frame that is due.
    const tell = (next: SourceState) => flushSync(() => setState({ ...next, of: key }));
    return new SourcePages(JSON.parse(key) as PageSource, tell);
  }, [key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new engine has to be asked anew
  useEffect(() => {
    pages.start();
    const stop = onEngineEvent((event) => {
      if (event.event === 'changed' && event.room === 'tables') pages.start();
    });
    return () => {
      stop();
      pages.stop();
    };
  }, [pages, engines]);
  return { ...(state.of === key ? state : none), again: () => pages.start(), stop: () => pages.stop() };
}
