import { join } from 'node:path';
import type { Room } from '../../../shared/contract/index.ts';
import { problem } from '../../../shared/problem.ts';
import type { Context } from '../context.ts';
import { writeWhole } from '../workspace/write-whole.ts';

/** What the page is called. */
const pageName = 'documentation.html';

/** Documentation: one page about everything in the workspace, for people who do not have it. */
export function documentationRoom(context: Context): Room<'documentation'> {
  return {
    async write({ folder, samples }, call) {
      // Drawing needs libraries that nobody waits for at the start.
      const [{ gatherFacts }, { documentationPage }] = await Promise.all([
        import('./gather-facts.ts'),
        import('./page.ts'),
      ]);
      const facts = await gatherFacts(context, samples, call);
      const file = join(folder, pageName);
      await writeWhole(file, documentationPage(facts)).catch((cause: unknown) => {
        throw problem('disk', `${file} cannot be written.`, {
          hint: 'Choose a folder that may be written to, on a disk with room.',
          at: { file },
          cause,
        });
      });
      const { tables, pipelines, collections } = facts;
      const checks = tables.reduce((sum, { findings }) => sum + findings.length, 0);
      return {
        file,
        tables: tables.length,
        pipelines: pipelines.length,
        checks,
        collections: collections.length,
      };
    },
  };
}
