import { bytes } from '../../../shared/number-words.ts';
import { runCommandById } from '../../palette/all-commands.ts';
import { ago } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { useEngine } from '../../use-engine.ts';

const everyMs = 10_000;

/** Says that a table's file was changed since it was imported, and offers to import it again. */
export function SourceNotice({ table }: { readonly table: string }) {
  const { data } = useEngine('import', 'sourceState', { table }, { also: ['tables'], every: everyMs });
  if (data?.state !== 'changed') return null;
  const { source, modified, bytes: size } = data;
  return (
    <Notice
      tone="warn"
      action={{
        label: 'Refresh…',
        run: () => void runCommandById('import.refresh', { kind: 'table', key: table, title: table }),
      }}
    >
      {source} has other content now
      {modified && ` (${ago(modified)}${size === null ? '' : `, ${bytes(size)}`})`}. The table is as it was
      imported.
    </Notice>
  );
}
