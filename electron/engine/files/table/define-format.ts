import type { DialectOverride, FileColumn } from '../../../../shared/contract/files.ts';
import type { SettingValue, SniffedFormat } from '../../../../shared/contract/formats.ts';
import type { Progress } from '../../../../shared/wire.ts';
import type { Duck } from '../duck/duck.ts';
import type { Passenger } from '../records/survey.ts';
import type { BadRecord } from '../records/tidy.ts';
import type { Source } from '../source/source.ts';
import type { FileTable } from './file-table.ts';

/** What a person chose of how a file is read. */
export interface ReadRequest {
  readonly dialect?: DialectOverride | undefined;
  /** Settings of the format, by name. */
  readonly settings?: Readonly<Record<string, SettingValue>> | undefined;
  readonly allText: boolean;
  /** Only about so many bytes from the start. */
  readonly upTo?: number | undefined;
}

export interface Surroundings {
  readonly duck: Duck;
  /** A folder for copies, gone afterwards. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((progress: Progress) => void) | undefined;
  readonly onBad: (bad: readonly BadRecord[]) => Promise<void> | void;
  /** What the file's beginning gave, where it was read before: it need not be found out again. */
  readonly ahead?: FileTable | undefined;
  /** Only what the columns are is wanted: where a look at the records tells that, no row need be there to be read. */
  readonly glance?: boolean | undefined;
  /** Goes along with the count of records. */
  readonly passenger?: Passenger | undefined;
}

/** The cells of one record written by itself, for columns that are there already, or why there are none. */
export type ReadRecord = (
  text: string,
  columns: readonly Pick<FileColumn, 'originalName' | 'type'>[],
  settings: Readonly<Record<string, SettingValue>>,
) => { readonly cells: readonly (string | null)[] } | { readonly cause: string };

/** What a format makes of a file; what the format is called is not for it to say again. */
export interface ReadTable extends Omit<FileTable, 'format' | 'slowly'> {
  readonly format: Omit<SniffedFormat, 'kind' | 'title'>;
  /** Reads the file in a slower way, for when DuckDB does not find as many rows in `relation` as there are. */
  slowly?(): Promise<ReadTable>;
}

/**
 * One way in which files are written: a file of its own in formats/, found by itself. Its name is the format's kind, under
 * which the endings of such files stand in shared/file-endings.ts.
 */
export interface Format {
  readonly title: string;
  /** How much a file's first bytes speak for this format, from 0 to 1; its name decides only between equals. */
  recognises(head: Buffer): number;
  /** Reads a file as a table of text; a file that is not what it seems is refused in words. */
  read(source: Source, request: ReadRequest, around: Surroundings): Promise<ReadTable>;
  /** Reads a reject that was corrected, where its text is not CSV. */
  readonly readRecord?: ReadRecord;
}

/** Types a format. */
export const defineFormat = (format: Format): Format => format;
