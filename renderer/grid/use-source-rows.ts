import { useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { onEngineEvent, useConnection } from '../engine.ts';
import { type PageSource, SourcePages, type SourceState } from './source-rows.ts';

const none: SourceState = { rows: undefined, problem: undefined, version: 0 };

type Known = SourceState & { readonly of?: string };

/** The rows of a source, page by page; read again when tables changed or an engine started. */
export function useSourceRows(source: PageSource): SourceState & {
  readonly again: () => void;
  readonly stop: () => void;
} {
  const key = JSON.stringify(source);
  const [state, setState] = useState<Known>(none);
  const engines = useConnection(({ ports }) => ports);
  const wanted = useRef(key);
  wanted.current = key;
  const pages = useMemo(() => {
    // What comes late of a source before does not take the place of what is there of this one.
    const after = (now: Known, next: SourceState) =>
      key !== wanted.current && now.of === wanted.current ? now : { ...next, of: key };
    // At once: an update of its own time would come after the frame that is due.
    const tell = (next: SourceState) => flushSync(() => setState((now) => after(now, next)));
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
  // Rows of the source before are still drawn, and scrolled, until those of this one are there.
  const known = state.of === key ? state : { ...none, version: state.version };
  return { ...known, again: () => pages.start(), stop: () => pages.stop() };
}
