import { openTab, useTabs } from '../../workspace/tabs.ts';

/** Data of a tab whose query is no file yet. */
export interface NewQuery {
  readonly isNew: true;
  readonly text: string;
}

/** True for a tab whose query is no file yet. */
export const isNewQuery = (data: unknown): data is NewQuery =>
  typeof data === 'object' && data !== null && (data as NewQuery).isNew === true;

/** Opens a tab for a query that is no file yet. */
export function openNewQuery(text = ''): void {
  const taken = new Set(useTabs.getState().tabs.map(({ key }) => key));
  let number = 1;
  while (taken.has(`Untitled ${number}`)) number++;
  const title = `Untitled ${number}`;
  openTab({ kind: 'query', key: title, title, data: { isNew: true, text } satisfies NewQuery });
}
