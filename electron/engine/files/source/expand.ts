import { type Dirent, existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { isImportable } from '../../../../shared/file-endings.ts';
import { problem } from '../../../../shared/problem.ts';
import { unreadable } from '../../workspace/list-folder.ts';
import { readHead } from './read-head.ts';
import { isOffice, readMembers } from './zip-members.ts';

const isPattern = (given: string) => /[*?{[]/.test(given);
const allOf = /[\\/]\*$/;

/** True where a path names several files that are to be one table: a folder, a pattern, `{a.csv,b.csv}`. */
export async function isSet(given: string, dir: string): Promise<boolean> {
  const found = await stat(resolve(dir, given)).catch(() => undefined);
  return found ? found.isDirectory() : isPattern(given);
}

/** Every file that a path names: itself, the files in a folder or an archive, or what fits a pattern. */
export async function expandPath(given: string, dir: string): Promise<string[]> {
  const path = resolve(dir, given);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return dataFiles(path);
  if (found) return membersOf(path);
  if (given.startsWith('{') && given.endsWith('}')) {
    const lists = await Promise.all(listed(given).map((one) => expandPath(one, dir)));
    return lists.flat();
  }
  const archive = path.replace(allOf, '');
  if (allOf.test(path) && (await isFile(archive))) return membersOf(archive);
  if (!isPattern(given)) return [path];
  const files = await glob([given.replaceAll('\\', '/')], {
    cwd: dir,
    absolute: true,
    expandDirectories: false,
  });
  const lists = await Promise.all(files.sort().map((file) => membersOf(resolve(file))));
  return lists.flat();
}

const isFile = async (path: string) => (await stat(path).catch(() => undefined))?.isFile() ?? false;

/** A path as seen from a folder, where it lies in it. */
export function pathInside(path: string, dir: string): string {
  const inside = relative(dir, resolve(dir, path));
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}

/** One name for several files that are to be one table: the one that was given, or a list of them. */
export function asOneName(given: readonly string[], files: readonly string[]): string {
  const [only = ''] = given;
  if (given.length === 1)
    return files[0]?.startsWith(`${only}/`) && /\.zip$/i.test(only) ? `${only}/*` : only;
  return `{${given.map((path) => path.replace(/[\\,]/g, '\\$&')).join(',')}}`;
}

/** What stands between the braces: `\,` is a comma of a name. */
function listed(given: string): string[] {
  const found = given.slice(1, -1).match(/(?:\\.|[^,\\])+/gs) ?? [];
  return found.map((one) => one.replace(/\\([\\,])/g, '$1'));
}

/** The files in an archive; what is no archive is itself, and a pipe is not even opened. Opening says what may not be read. */
async function membersOf(path: string): Promise<string[]> {
  if (!(await isFile(path))) return [path];
  const head = await readHead(path, 4).catch(() => Buffer.of());
  if (head.toString('latin1') !== 'PK\x03\x04') return [path];
  const { all, files } = await readMembers(path);
  return isOffice(all) ? [path] : files.map(({ name }) => `${path}/${name}`);
}

const deepest = 3;

/** Files that can be imported in a folder and three levels below, by path. */
export async function dataFiles(dir: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (folder: string, depth: number) => {
    for (const entry of await entriesOf(folder, depth)) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isDirectory() && depth < deepest) await walk(path, depth + 1);
      if (entry.isFile() && isImportable(entry.name)) found.push(path);
    }
  };
  if (existsSync(dir)) await walk(dir, 0);
  return found.sort();
}

/** A folder further down may belong to someone else: it is passed by. */
async function entriesOf(folder: string, depth: number): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (thrown) {
    const { code = '' } = thrown as NodeJS.ErrnoException;
    const denied = ['EACCES', 'EPERM'].includes(code);
    if (code === 'ENOENT' || (depth > 0 && denied)) return [];
    if (!denied) throw unreadable(folder, thrown);
    throw problem('bad_input', `The folder ${folder} cannot be read: permission was denied.`, {
      hint: 'Ask for the right to read it, or copy it to a place of yours.',
      at: { file: folder },
    });
  }
}
