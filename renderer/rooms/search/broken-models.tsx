import type { EmbeddingModel } from '../../../shared/contract/search.ts';
import { Notice } from '../../ui/notice.tsx';

/** Folders of models/ that cannot be used, each with why. */
export const BrokenModels = ({ models }: { readonly models: readonly EmbeddingModel[] }) =>
  models.map(({ id, problem }) => (
    <Notice key={id} tone="warn">
      {problem?.message} {problem?.hint}
    </Notice>
  ));
