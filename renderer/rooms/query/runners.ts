/** What commands can do with the query of a tab. */
export interface QueryHandle {
  run(what: 'statement' | 'all'): void;
  /** Shows how the statement under the cursor is done; `analyze` runs it, where it only reads. */
  explain(analyze: boolean): void;
  /** Puts text at the end. */
  insert(text: string): void;
  toggleWriting(): void;
  saveAs(): Promise<void>;
  format(): void;
}

const handles = new Map<string, QueryHandle>();

/** The query of a tab, while its view is there. */
export const queryOf = (tabId: string | undefined) => (tabId === undefined ? undefined : handles.get(tabId));

/** Makes a tab's query reachable for commands; returns how to end that. */
export function offerQuery(tabId: string, handle: QueryHandle): () => void {
  handles.set(tabId, handle);
  return () => {
    if (handles.get(tabId) === handle) handles.delete(tabId);
  };
}
