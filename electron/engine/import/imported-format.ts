import type { Dialect } from '../../../shared/contract/files.ts';
import type { LeftOut, SniffedFormat } from '../../../shared/contract/formats.ts';
import type { ImportedFormat, ImportedTable } from '../../../shared/contract/import.ts';
import type { PartWriting } from '../files/table/file-table.ts';

type KeptDialect = Dialect & { readonly confidence: number };

/** What is kept of the format a file was read as. */
export const importedFormat = ({ kind, settings, packed }: SniffedFormat): ImportedFormat => ({
  kind,
  ...(packed ? { packed } : {}),
  settings: Object.fromEntries(settings.map(({ key, value }) => [key, value])),
});

/** How a file was written, as the catalog keeps it: its dialect, if it is delimited text, and its format. */
export type KeptWriting = Partial<KeptDialect> & {
  readonly format?: ImportedFormat;
  /** Of several files that are one table, how those with rejects are written. */
  readonly parts?: Readonly<Record<string, PartWriting>>;
  readonly leftOut?: readonly LeftOut[];
};

/** Format and dialect of an import in the catalog; the first builds read delimited text only. */
export function readWriting(kept: KeptWriting): Pick<ImportedTable, 'format' | 'dialect' | 'leftOut'> {
  const { format = { kind: 'delimited', settings: {} }, parts: _parts, leftOut, ...dialect } = kept;
  return {
    format,
    ...(leftOut ? { leftOut } : {}),
    dialect: 'delimiter' in dialect ? (dialect as KeptDialect) : null,
  };
}
