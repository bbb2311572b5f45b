import { z } from 'zod';

/** Rows that are no table of the workspace: of a query in queries/, of SQL that stands in the rules' file, or of a step, perhaps `step.output`. */
export const checkedRows = z.union([
  z.strictObject({ query: z.string().min(1) }),
  z.strictObject({ sql: z.string().min(1) }),
  z.strictObject({ pipeline: z.string().min(1), step: z.string().min(1) }),
]);

export type CheckedRows = z.output<typeof checkedRows>;

/** Where rows come from, for people. */
export function rowsInWords(of: CheckedRows): string {
  if ('query' in of) return `the query ${of.query}`;
  return 'sql' in of ? 'a query of its own' : `step ${of.step} of ${of.pipeline}`;
}
