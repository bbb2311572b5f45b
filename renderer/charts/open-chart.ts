import type { Column } from '../../shared/column.ts';
import type { Chart, ChartSource } from '../../shared/contract/charts.ts';
import { suggestChart } from '../../shared/suggest-chart.ts';
import { engine } from '../engine.ts';
import { openTab, useTabs } from '../workspace/tabs.ts';

/** Data of a tab whose chart is no file yet. */
export interface NewChart {
  readonly isNew: true;
  readonly chart: Chart;
}

/** True for a tab whose chart is no file yet. */
export const isNewChart = (data: unknown): data is NewChart =>
  typeof data === 'object' && data !== null && (data as NewChart).isNew === true;

/** Opens a first chart of a table or a query, fitting the types of its columns; `about` is the one it is about. */
export async function openNewChart(
  source: ChartSource,
  known?: readonly Column[],
  about?: string,
): Promise<void> {
  const columns = known ?? (await engine.query.chartColumns({ source }));
  const taken = new Set(useTabs.getState().tabs.map(({ key }) => key));
  let number = 1;
  while (taken.has(`Chart ${number}`)) number++;
  const name = `Chart ${number}`;
  const chart = suggestChart(source, name, columns, about);
  openTab({ kind: 'chart', key: name, title: name, data: { isNew: true, chart } satisfies NewChart });
}
