import { Orbit } from 'lucide-react';
import type { Collection } from '../../../shared/contract/search.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { CommandButton } from '../../palette/command-button.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ago } from '../../ui/format.ts';
import styles from '../../ui/list.module.css';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useEngine } from '../../use-engine.ts';
import { openCollection } from './embed-collection.ts';
import { NewCollectionDialog } from './new-collection-dialog.tsx';
import { askForCollection } from './new-collection-state.ts';
import { differingRows } from './stale-notice.tsx';

/** All collections, and the dialog that makes one. */
export default function CollectionsView() {
  const { data, problem, refetch } = useEngine('search', 'list', {}, { also: ['tables'] });
  if (problem)
    return <ProblemView problem={problem} action={{ label: 'Try again', run: () => void refetch() }} />;
  if (!data) return <Skeleton />;
  return (
    <div className={styles['page']}>
      {data.length === 0 ? <Nothing /> : <Overview collections={data} />}
      <NewCollectionDialog />
    </div>
  );
}

const Nothing = () => (
  <EmptyState
    icon={Orbit}
    says="Embed a table's text to search it by meaning. It stays on this computer."
    action={{ label: 'New collection…', run: () => askForCollection() }}
  />
);

const heads = ['name', 'documents', 'changed since', 'table', 'text', 'model', 'embedded'];

function Overview({ collections }: { readonly collections: readonly Collection[] }) {
  return (
    <>
      <Toolbar label="Collections" end={<CommandButton id="search.new" small />}>
        <span className={styles['words']}>{counted(collections.length, 'collection')}</span>
      </Toolbar>
      <div className={styles['scroll']}>
        <table className={cx(styles['table'], styles['opens'])}>
          <thead>
            <tr>
              {heads.map((head, at) => (
                <th key={head} scope="col" className={at === 1 || at === 2 ? styles['right'] : undefined}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {collections.map((collection) => (
              <Line key={collection.name} collection={collection} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Line({ collection }: { readonly collection: Collection }) {
  const { name, documents, table, textColumns, model, uncounted, updatedAt } = collection;
  const changed = differingRows(collection);
  const open = () => openCollection(name);
  const texts = textColumns.join(', ');
  return (
    <tr onDoubleClick={open}>
      <td>
        <button type="button" className={styles['name']} onClick={open}>
          <Orbit aria-hidden />
          {name}
        </button>
      </td>
      <td className={styles['right']}>{count(documents)}</td>
      <td className={changed > 0 || uncounted ? styles['warn'] : styles['none']} title={uncounted?.message}>
        {uncounted ? 'not told' : count(changed)}
      </td>
      <td className={styles['aside']} title={table}>
        {table}
      </td>
      <td className={styles['aside']} title={texts}>
        {texts}
      </td>
      <td className={styles['aside']}>{model}</td>
      <td className={styles['aside']}>{documents === 0 ? 'not yet' : ago(updatedAt)}</td>
    </tr>
  );
}
