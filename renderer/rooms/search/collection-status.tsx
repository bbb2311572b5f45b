import { counted } from '../../../shared/number-words.ts';
import { useEngine } from '../../use-engine.ts';
import { useTab } from '../../workspace/tab-state.ts';

/** The collection's size and model, in the status bar. */
export function CollectionStatus() {
  const { key } = useTab();
  const { data } = useEngine('search', 'list', {}, { also: ['tables'] });
  const collection = data?.find(({ name }) => name === key);
  if (!collection) return null;
  const { name, documents, model, modelVersion, dimensions } = collection;
  const version = collection.vectorColumn === null && modelVersion !== null ? ` ${modelVersion}` : '';
  return (
    <>
      {name}: {counted(documents, 'document')} · {model}
      {version}, {dimensions} dimensions
    </>
  );
}
