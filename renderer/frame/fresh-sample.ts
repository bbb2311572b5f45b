import { useEffect } from 'react';
import { engine } from '../engine.ts';
import { runTask } from '../tasks.ts';

/** Findings older than this are taken for those that the sample was built with. */
const oldMs = 12 * 60 * 60 * 1000;

let done = false;

/**
 * Runs the sample's checks when it is opened and its findings are old, as those are that it was built with: the
 * metrics of the last day would be empty otherwise, and a first look finds nothing alive.
 */
export function useFreshSample(sample: boolean): void {
  useEffect(() => {
    if (!sample || done) return;
    done = true;
    void refresh().catch(() => {});
  }, [sample]);
}

async function refresh(): Promise<void> {
  const findings = await engine.checks.latest({});
  const newest = Math.max(...findings.map(({ at }) => Date.parse(at)));
  if (Date.now() - newest < oldMs) return;
  await runTask('Checking all tables', (options) => engine.checks.run({}, options));
}
