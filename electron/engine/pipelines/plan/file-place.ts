import { realpath, stat } from 'node:fs/promises';
import { dirname, extname, isAbsolute, relative, resolve, sep } from 'node:path';
import { type ExportFormat, exportFormats } from '../../../../shared/contract/tables.ts';
import type { FileExport } from '../../../../shared/define-step.ts';

/** File systems take 255 bytes; while it is written, a file has a longer name. */
const longestName = 220;

/** Why a step must not write a file, as far as its name tells. */
export function fileNameFault({
  file,
  outside,
}: FileExport): { readonly message: string; readonly hint: string } | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what no name should hold
  if (/[\u0000-\u001f]/.test(file))
    return { message: `"${file}" is not a name for a file.`, hint: 'Leave out line breaks and the like.' };
  if (file.split(/[/\\]/).some((part) => new TextEncoder().encode(part).length > longestName))
    return {
      message: `"${file.slice(0, 40)}…" is too long for a file.`,
      hint: `At most ${longestName} bytes.`,
    };
  if (formatOf(file) === undefined) {
    const endings = Object.keys(exportFormats).map((ending) => `.${ending}`);
    return { message: `The ending of "${file}" names no format.`, hint: `Endings: ${endings.join(', ')}.` };
  }
  const path = relative('/workspace', resolve('/workspace', file));
  if (path.split(sep)[0] === '.assay')
    return {
      message: `"${file}" lies in .assay, which Assay keeps for itself.`,
      hint: 'Name another folder.',
    };
  if (!outside && (isAbsolute(file) || path.startsWith('..')))
    return {
      message: `"${file}" lies outside of the workspace.`,
      hint: 'Name a path from the workspace’s folder on, or allow it to lie outside.',
    };
  return undefined;
}

/** The format that a file's ending names. */
export function formatOf(file: string): ExportFormat | undefined {
  const ending = extname(file).slice(1).toLowerCase();
  return Object.hasOwn(exportFormats, ending) ? (ending as ExportFormat) : undefined;
}

/** A mark that is another one when the file was written again; nothing where it is gone. */
export async function fileMark(folder: string, file: string): Promise<string | undefined> {
  const found = await stat(resolve(folder, file)).catch(() => undefined);
  return found && `${found.size}@${found.mtimeMs}`;
}

/** True where a folder that exists lies in the workspace, links followed. */
export async function liesWithin(folder: string, file: string): Promise<boolean> {
  const [home, place] = await Promise.all([realpath(folder), realpath(dirname(resolve(folder, file)))]);
  return place === home || place.startsWith(home + sep);
}

/** The same file by whatever way it is written. */
export const samePlace = (one: string, other: string): boolean =>
  resolve('/workspace', one) === resolve('/workspace', other);
