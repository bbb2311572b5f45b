import { readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Chart, type ChartFile, chart } from '../../../../shared/contract/charts.ts';
import { problem, toProblem } from '../../../../shared/problem.ts';
import { describe } from '../../../../shared/wire.ts';
import { canBeFileName } from '../../workspace/file-name.ts';
import { listFolder } from '../../workspace/list-folder.ts';
import { writeWhole } from '../../workspace/write-whole.ts';

const ending = '.yaml';

/** The analyst's charts, one text file each in charts/. */
export class ChartFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<ChartFile[]> {
    const files = (await listFolder(this.#folder)).filter((file) => file.endsWith(ending));
    const found = await Promise.all(files.map((file) => this.#read(file.slice(0, -ending.length))));
    return found.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Keys stand in one order, so that a changed chart is a short diff; keys that are not ours stay. */
  async save({ version, name, source, mark, channels, ...rest }: Chart): Promise<void> {
    const { stringify } = await import('yaml');
    const { x, y, color, size, facet, ...others } = channels;
    const ordered = {
      version,
      name,
      source,
      mark,
      channels: { x, y, color, size, facet, ...others },
      ...rest,
    };
    await writeWhole(this.#fileOf(name), stringify(JSON.parse(JSON.stringify(ordered)), { lineWidth: 110 }));
  }

  async rename(name: string, to: string): Promise<void> {
    const { chart: found } = await this.#require(name);
    const taken = name.toLowerCase() !== to.toLowerCase() && (await exists(this.#fileOf(to)));
    if (taken)
      throw problem('bad_input', `There is a chart "${to}" already.`, { hint: 'Choose another name.' });
    await rename(this.#fileOf(name), this.#fileOf(to));
    if (found) await this.save({ ...found, name: to });
  }

  async remove(name: string): Promise<void> {
    await this.#require(name);
    await rm(this.#fileOf(name));
  }

  async #require(name: string): Promise<ChartFile> {
    if (await exists(this.#fileOf(name))) return this.#read(name);
    throw problem('not_found', `There is no chart "${name}".`, { at: { file: this.#fileOf(name) } });
  }

  async #read(name: string): Promise<ChartFile> {
    const file = join(this.#folder, name + ending);
    try {
      const { parse } = await import('yaml');
      return { name, chart: { ...chartIn(parse(await readFile(file, 'utf8')), file), name } };
    } catch (thrown) {
      const { code, message, hint } = toProblem(thrown);
      return {
        name,
        problem: {
          code: code === 'bug' ? 'bad_input' : code,
          message,
          ...(hint ? { hint } : {}),
          at: { file },
        },
      };
    }
  }

  #fileOf(name: string): string {
    if (canBeFileName(name)) return join(this.#folder, name + ending);
    throw problem('bad_input', `"${name}" cannot be a file's name.`, {
      hint: 'Use letters, digits, spaces, - and _.',
    });
  }
}

function chartIn(data: unknown, file: string): Chart {
  const { version } = (data ?? {}) as { version?: unknown };
  if (typeof version === 'number' && version > 1)
    throw problem('newer_version', `${file} was written by a newer Assay.`, {
      hint: 'Open it with that one.',
    });
  const read = chart.safeParse(data);
  if (read.success) return read.data;
  throw problem('bad_input', describe(read.error), { hint: 'Mend the file by hand, or delete the chart.' });
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
