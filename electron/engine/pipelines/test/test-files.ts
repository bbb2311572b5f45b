import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Document, isMap, isSeq, type Scalar, visit } from 'yaml';
import { type PipelineTest, pipelineTests } from '../../../../shared/contract/pipeline-tests.ts';
import { problem } from '../../../../shared/problem.ts';
import { describe } from '../../../../shared/wire.ts';
import { fileName } from '../../workspace/file-name.ts';
import { listFolder } from '../../workspace/list-folder.ts';
import { readYaml, refuseNewerFormat } from '../../workspace/settings.ts';
import { writeWhole } from '../../workspace/write-whole.ts';

const formatVersion = 1;

/** The tests of pipelines: a file for each pipeline in the folder pipeline-tests/. */
export class TestFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  #path(pipeline: string): string {
    return join(this.#folder, `${fileName(pipeline)}.yaml`);
  }

  /** The tests of a pipeline; none where there is no file. */
  async read(pipeline: string): Promise<readonly PipelineTest[]> {
    const path = this.#path(pipeline);
    const names = await listFolder(this.#folder);
    if (!names.includes(`${fileName(pipeline)}.yaml`)) return [];
    const plain: unknown = (await readYaml(path)).toJS();
    refuseNewerFormat(path, (plain as { version?: unknown } | null)?.version, formatVersion);
    const parsed = pipelineTests.safeParse(plain);
    if (parsed.success) return parsed.data.tests;
    throw problem('bad_input', `${fileName(pipeline)}.yaml: ${describe(parsed.error)}`, {
      hint: 'Mend the file in a text editor.',
      at: { file: path },
    });
  }

  /** Removes the tests of a pipeline, where there are any. */
  async remove(pipeline: string): Promise<void> {
    await rm(this.#path(pipeline), { force: true });
  }

  /** Adds a test, or replaces the one of its name. */
  async add(pipeline: string, test: PipelineTest): Promise<void> {
    const others = (await this.read(pipeline)).filter(({ name }) => name !== test.name);
    const document = new Document({ version: formatVersion, pipeline, tests: [...others, test] });
    rowsInLines(document);
    await writeWhole(this.#path(pipeline), document.toString({ lineWidth: 0 }));
  }
}

/** A row is one line, so that a changed cell is one changed line. */
function rowsInLines(document: Document): void {
  visit(document, {
    Pair: (_key, pair) => {
      if ((pair.key as Scalar).value !== 'rows' || !isSeq(pair.value)) return;
      for (const row of pair.value.items) if (isMap(row)) row.flow = true;
    },
  });
}
