import type { Finding, TableChecks } from '../../../shared/contract/checks.ts';
import type { ColumnLineage, Pipeline, StepSchema } from '../../../shared/contract/pipelines.ts';
import type { Receipt } from '../../../shared/contract/promote.ts';
import type { Table } from '../../../shared/contract/tables.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { CollectionRecord } from '../search/collections/collections.ts';

/** The first rows of a table, as text; columns that are private are not among them. */
export interface Sample {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Columns that are private, or made of such. */
  readonly hidden: readonly string[];
}

/** A table with everything that is told of it. */
export interface DocumentedTable {
  readonly table: Table;
  readonly contract: TableChecks | undefined;
  /** Values that are there, by column. */
  readonly filled: ReadonlyMap<string, number>;
  readonly lineage: readonly ColumnLineage[];
  readonly findings: readonly Finding[];
  readonly sample: Sample | undefined;
}

/** A pipeline with its columns, or why it cannot be read. */
export interface DocumentedPipeline {
  readonly name: string;
  readonly pipeline: Pipeline | undefined;
  readonly problem: Problem | undefined;
  readonly schemas: readonly StepSchema[];
  /** How the last run ended and when; missing where there was none. */
  readonly lastRun: { readonly status: string; readonly at: string } | undefined;
}

/** All that the page tells. */
export interface Facts {
  readonly name: string;
  readonly at: Date;
  readonly tables: readonly DocumentedTable[];
  readonly pipelines: readonly DocumentedPipeline[];
  readonly collections: readonly CollectionRecord[];
  readonly receipts: readonly Receipt[];
}
