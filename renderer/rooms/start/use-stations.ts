import type { Finding } from '../../../shared/contract/checks.ts';
import type { Table } from '../../../shared/contract/tables.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { goToRoom } from '../../frame/activity-bar.tsx';
import { runCommandById } from '../../palette/all-commands.ts';
import { ago } from '../../ui/format.ts';
import { useEngine } from '../../use-engine.ts';
import { openTab } from '../../workspace/tabs.ts';
import { allRooms } from '../registry.ts';

/** A station of the road from a file to a server. */
export interface Station {
  readonly title: string;
  readonly state: 'open' | 'next' | 'look' | 'done';
  readonly says: string;
  readonly action: string;
  readonly shortcut?: string;
  readonly run: () => void;
}

function visit(kind: string) {
  const room = allRooms().find((candidate) => candidate.kind === kind);
  if (room) goToRoom(room);
}

const sum = (tables: readonly Table[], of: 'rows' | 'rejected') =>
  tables.reduce((total, table) => total + table[of], 0);

function filesStation(tables: readonly Table[], files: number): Station {
  const imported = tables.filter(({ origin }) => origin === 'import');
  const rejected = sum(imported, 'rejected');
  const waiting =
    files > 0 ? `${counted(files, 'file')} in the folder` : 'Drop CSV files here, or choose them';
  return {
    title: 'Import',
    state: imported.length > 0 ? 'done' : 'open',
    says: imported.length
      ? `${counted(imported.length, 'table')} imported · ${counted(rejected, 'row')} rejected`
      : waiting,
    action: 'Import files…',
    shortcut: 'Mod+I',
    run: () => void runCommandById('import.choose'),
  };
}

function tablesStation(tables: readonly Table[]): Station {
  const largest = tables.reduce<Table | undefined>(
    (top, table) => (top && top.rows >= table.rows ? top : table),
    undefined,
  );
  return {
    title: 'Tables',
    state: largest ? 'done' : 'open',
    says: largest
      ? `${counted(tables.length, 'table')} · ${counted(sum(tables, 'rows'), 'row')}`
      : 'Nothing to look into yet',
    action: largest ? `Open ${largest.name.length > 20 ? 'largest' : largest.name}` : 'Go to tables',
    run: () =>
      largest ? openTab({ kind: 'table', key: largest.name, title: largest.name }) : visit('tables'),
  };
}

function usePipelinesStation(): Station {
  const { data = [] } = useEngine('pipelines', 'list', {});
  const failed = data.filter(({ problem, lastRun }) => problem || lastRun?.status === 'failed').length;
  const runs = data.flatMap(({ lastRun }) => lastRun?.at ?? []).sort();
  const last = runs.at(-1);
  const history = last ? `last run ${ago(last)}` : 'never run';
  return {
    title: 'Pipelines',
    state: failed ? 'look' : last ? 'done' : 'open',
    says: data.length
      ? `${counted(data.length, 'pipeline')} · ${failed ? `${failed} failed` : history}`
      : 'Clean, join and summarise tables, step by step',
    action: 'Go to pipelines',
    shortcut: 'Mod+2',
    run: () => visit('pipelines'),
  };
}

const bad = ({ verdict }: Finding) => verdict === 'warn' || verdict === 'fail' || verdict === 'error';

function useChecksStation(): Station {
  const rules = (useEngine('checks', 'list', {}).data ?? []).reduce(
    (total, table) => total + table.rules.length,
    0,
  );
  const { data: findings = [] } = useEngine('checks', 'latest', {});
  const failing = findings.filter(bad).length;
  const result = findings.length
    ? `${count(findings.length - failing)} fine, ${count(failing)} not`
    : 'not run yet';
  return {
    title: 'Checks',
    state: failing ? 'look' : findings.length ? 'done' : 'open',
    says: rules ? `${counted(rules, 'rule')} · ${result}` : 'Say what must be true of the rows',
    action: 'Go to checks',
    shortcut: 'Mod+3',
    run: () => visit('checks'),
  };
}

function useSearchStation(): Station {
  const { data = [] } = useEngine('search', 'list', {});
  const documents = data.reduce((total, collection) => total + collection.documents, 0);
  const stale = data.reduce((total, collection) => total + collection.stale, 0);
  return {
    title: 'Search',
    state: stale ? 'look' : data.length ? 'done' : 'open',
    says: data.length
      ? `${counted(data.length, 'collection')} · ${counted(documents, 'document')}${stale ? ` · ${count(stale)} stale` : ''}`
      : 'Find rows by what their text means',
    action: 'Go to search',
    shortcut: 'Mod+4',
    run: () => visit('search'),
  };
}

function usePromoteStation(): Station {
  const { data = [] } = useEngine('promote', 'receipts', {});
  const latest = data.toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1))[0];
  return {
    title: 'Promote',
    state: !latest ? 'open' : latest.status === 'differs' ? 'look' : 'done',
    says: latest
      ? `${latest.status} on ${latest.target}, ${ago(latest.startedAt)}`
      : 'Take tables to a server, with proof that they are the same there',
    action: 'Go to promote',
    shortcut: 'Mod+5',
    run: () => visit('promote'),
  };
}

/** The stations of the road as they stand; the first that is open is the next one. */
export function useStations(): readonly Station[] {
  const { data: tables = [], isSuccess } = useEngine('tables', 'list', {});
  const { data: files = [] } = useEngine('files', 'list', {});
  const stations = [
    filesStation(tables, files.length),
    tablesStation(tables),
    usePipelinesStation(),
    useChecksStation(),
    useSearchStation(),
    usePromoteStation(),
  ];
  const next = stations.findIndex(({ state }) => state === 'open');
  return stations.map((station, index) =>
    isSuccess && index === next ? { ...station, state: 'next' } : station,
  );
}
