import type { ReadRequest, Surroundings } from './define-format.ts';
import type { FileTable } from './file-table.ts';
import { formatOf } from './recognise.ts';
import type { Source } from './source.ts';

/** What a person chose of how a file is read, and as what. */
export interface FileRequest extends ReadRequest {
  /** The kind of a format, where not the one found out. */
  readonly format?: string | undefined;
}

/** Reads any file as a table of text. */
export async function readFile(
  source: Source,
  request: FileRequest,
  around: Surroundings,
): Promise<FileTable> {
  const format = await formatOf(source, request.format);
  return format.read(source, request, around);
}
