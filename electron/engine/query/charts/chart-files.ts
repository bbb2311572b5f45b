import { type Chart, type ChartFile, chart } from '../../../../shared/contract/charts.ts';
import { NamedFiles } from '../../workspace/named-files.ts';
import { readYaml } from '../../workspace/read-yaml.ts';
import { writeWhole } from '../../workspace/write-whole.ts';

/** The analyst's charts, one text file each in charts/. */
export class ChartFiles {
  readonly #files: NamedFiles;

  constructor(folder: string) {
    this.#files = new NamedFiles(folder, '.yaml', 'chart');
  }

  list(): Promise<ChartFile[]> {
    return this.#files.list(readChart);
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
    await writeWhole(
      this.#files.fileOf(name),
      stringify(JSON.parse(JSON.stringify(ordered)), { lineWidth: 110 }),
    );
  }

  async rename(name: string, to: string): Promise<void> {
    await this.#files.rename(name, to);
    const { chart: found } = await readChart(to, this.#files.fileOf(to));
    if (found) await this.save({ ...found, name: to });
  }

  remove(name: string): Promise<void> {
    return this.#files.remove(name);
  }
}

async function readChart(name: string, file: string): Promise<ChartFile> {
  const { held, problem } = await readYaml(file, chart, 'the chart');
  return held ? { name, chart: { ...held, name } } : { name, problem };
}
