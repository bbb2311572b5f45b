import { readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Pipeline, pipeline as pipelineSchema } from '../../../../shared/contract/pipelines.ts';
import { type Problem, ProblemError, problem, toProblem } from '../../../../shared/problem.ts';
import { steps } from '../../../../shared/registry.ts';
import { describe } from '../../../../shared/wire.ts';
import { fileName } from '../../workspace/file-name.ts';
import { listFolder } from '../../workspace/list-folder.ts';
import { readYaml, refuseNewerFormat } from '../../workspace/settings.ts';
import { writeWhole } from '../../workspace/write-whole.ts';
import { nested } from './nest.ts';
import { withPorts } from './nest-ports.ts';
import { pipelineText } from './pipeline-document.ts';
import { pipelineFormat, upgraded } from './upgrade-file.ts';

/** A file of the folder pipelines/, readable or not. */
export interface PipelineFile {
  readonly name: string;
  readonly path: string;
  /** Missing where the file has a problem. */
  readonly pipeline?: Pipeline;
  readonly problem?: Problem;
}

/** The pipelines of a workspace as the text files they are. */
export class PipelineFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Every file; one that is broken, or has a name taken already, says so and takes nothing else down. */
  async list(): Promise<readonly PipelineFile[]> {
    const names = (await listFolder(this.#folder)).filter((name) => /\.ya?ml$/.test(name));
    const files = await Promise.all(names.sort().map((name) => readFileOf(join(this.#folder, name))));
    return files.map((file, at) => {
      const first = files.findIndex(({ name }) => name === file.name);
      return first === at || file.problem ? file : doubled(file, files[first] as PipelineFile);
    });
  }

  /** The pipeline of this name with its file, or why there is none. */
  async find(name: string): Promise<{ path: string; pipeline: Pipeline }> {
    const files = await this.list();
    const named = files.filter((file) => file.name === name);
    const found = named.find(({ problem }) => !problem) ?? named[0];
    if (found?.pipeline) return { path: found.path, pipeline: found.pipeline };
    throw found?.problem ? new ProblemError(found.problem) : missing(name, files);
  }

  /** A pipeline with the steps of those that it uses. */
  async whole(pipeline: Pipeline): Promise<Pipeline> {
    const uses = pipeline.steps.some(({ kind }) => steps.get(kind)?.nests);
    return uses ? nested(pipeline, await this.list()) : pipeline;
  }

  /** The same for the pipeline of this name. */
  async findWhole(name: string): Promise<Pipeline> {
    return this.whole((await this.find(name)).pipeline);
  }

  /** Writes a pipeline: into the file that has its name already, or into a new one. */
  async save(pipeline: Pipeline): Promise<string> {
    const files = await this.list();
    const existing = files.find(({ name }) => name === pipeline.name);
    if (existing?.problem) await this.find(pipeline.name);
    const path = existing?.path ?? this.#freePath(pipeline.name, files);
    const before = existing ? await readFile(path, 'utf8') : undefined;
    await writeWhole(path, pipelineText(withPorts(pipeline, files), before));
    return path;
  }

  async rename(name: string, to: string): Promise<string> {
    const files = await this.list();
    const { path, pipeline } = await this.find(name);
    if (name === to) return path;
    if (files.some((file) => file.name === to)) {
      throw problem('bad_input', `There is a pipeline "${to}" already.`, { hint: 'Choose another name.' });
    }
    const target = this.#freePath(
      to,
      files.filter((file) => file.path !== path),
    );
    await writeWhole(path, pipelineText({ ...pipeline, name: to }, await readFile(path, 'utf8')));
    if (target !== path) await rename(path, target);
    return target;
  }

  /** Removes the file of this name, also a broken one. */
  async remove(name: string): Promise<void> {
    const files = await this.list();
    const found = files.find((file) => file.name === name);
    if (!found) throw missing(name, files);
    await rm(found.path);
  }

  #freePath(name: string, files: readonly PipelineFile[]): string {
    const taken = new Set(files.map(({ path }) => path.toLowerCase()));
    const stem = fileName(name);
    for (let attempt = 1; ; attempt++) {
      const path = join(this.#folder, `${attempt === 1 ? stem : `${stem}-${attempt}`}.yaml`);
      if (!taken.has(path.toLowerCase())) return path;
    }
  }
}

async function readFileOf(path: string): Promise<PipelineFile> {
  const stem = basename(path).replace(/\.ya?ml$/, '');
  try {
    const plain: unknown = (await readYaml(path)).toJS();
    refuseNewerFormat(path, (plain as { version?: unknown } | null)?.version, pipelineFormat);
    const parsed = pipelineSchema.safeParse(upgraded(plain));
    if (parsed.success) return { name: parsed.data.name, path, pipeline: parsed.data };
    throw problem('bad_input', `${basename(path)}: ${describe(parsed.error)}`, {
      hint: 'Mend the file in a text editor.',
      at: { file: path },
    });
  } catch (thrown) {
    return { name: stem, path, problem: toProblem(thrown) };
  }
}

function doubled(file: PipelineFile, first: PipelineFile): PipelineFile {
  const failed = problem(
    'bad_input',
    `${basename(file.path)} has the name "${file.name}", as ${basename(first.path)} has.`,
    {
      hint: 'Give one of them another name in its file.',
      at: { file: file.path },
    },
  );
  return { name: file.name, path: file.path, problem: failed.problem };
}

function missing(name: string, files: readonly PipelineFile[]) {
  const known = files.map((file) => file.name).join(', ');
  return problem('not_found', `There is no pipeline "${name}".`, {
    hint: known ? `Pipelines here: ${known}.` : 'The workspace has no pipelines yet.',
  });
}
