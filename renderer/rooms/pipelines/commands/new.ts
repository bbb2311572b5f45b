import { Workflow } from 'lucide-react';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { prompt } from '../../../ui/ask.tsx';
import { openTab } from '../../../workspace/tabs.ts';
import { nameFault } from '../document/pipeline-names.ts';

/** Makes an empty pipeline and opens it. */
export default defineCommand({
  id: 'pipelines.new',
  title: 'New pipeline…',
  group: 'New',
  icon: Workflow,
  run: async () => {
    const taken = (await engine.pipelines.list({})).map(({ name }) => name);
    const name = await prompt({
      title: 'New pipeline',
      label: 'Name',
      action: 'Create',
      validate: (text) => nameFault(text, taken),
    });
    if (!name) return;
    await engine.pipelines.save({ pipeline: { version: 1, name, steps: [] } });
    openTab({ kind: 'pipeline', key: name, title: name });
  },
});
