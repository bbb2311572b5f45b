import { useState } from 'react';
import type { Column } from '../../../shared/column.ts';
import { type EmbeddingModel, mostInName } from '../../../shared/contract/search.ts';
import {
  choice,
  column,
  columns,
  initialParams,
  number,
  type ParamsOf,
  table,
  text,
} from '../../../shared/params.ts';
import { likelyVectors } from '../../../shared/vector-lists.ts';
import { ParamForm, type Params, paramFaults } from '../../forms/param-form.tsx';
import { showFirstFault } from '../../forms/show-first-fault.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useEngine } from '../../use-engine.ts';
import { BrokenModels } from './broken-models.tsx';
import { embedAndTell, notEmbedded, openCollection } from './embed-collection.ts';
import { isFar } from './endpoints/endpoint-key.ts';
import { modelShape, useModels } from './model-choice.ts';
import { useNaturalText } from './natural-text.ts';
import { closeNewCollection, useNewCollection } from './new-collection-state.ts';

const partShape = {
  tokens: number('Tokens of a part', 'At most so many; 200 where nothing is said.', {
    optional: true,
    placeholder: '200',
  }),
  overlap: number('Overlap', 'Tokens of the part before that the next one begins with.', {
    optional: true,
    placeholder: '0',
  }),
};

const vectorShape = {
  vectors: column(
    'Vectors',
    'A column that holds vectors already: then no model is needed, and search is by example.',
    {
      optional: true,
      input: 2,
    },
  ),
};

/** What a form depends on. */
interface Given {
  readonly of: string;
  readonly cut?: unknown;
  /** Columns of the table that hold vectors. */
  readonly vectors?: readonly Column[];
  readonly models?: readonly EmbeddingModel[];
}

/** What is asked of a table. */
const shapeFor = ({ of, cut = 'whole', vectors = [], models = [] }: Given) => ({
  table: table('Table', 'Each of its rows that has text becomes a document.'),
  columns: columns('Text', 'What is searched. Several columns are put below each other.'),
  metadata: columns('Metadata', 'Kept beside the text, to filter by. None chosen: all other columns.', {
    optional: true,
    input: 1,
  }),
  template: text('Template', 'How columns make a text: {subject}: {body}. Empty: those chosen above.', {
    optional: true,
    placeholder: '{subject}: {body}',
  }),
  cut: choice(
    'Long texts',
    'A model reads the beginning of a document, the built-in one 254 tokens; parts are documents of their own.',
    {
      whole: 'stay whole',
      sentences: 'are cut between sentences',
      headings: 'are cut below headings',
      tokens: 'are cut between words',
    },
  ),
  ...(cut === 'whole' ? {} : partShape),
  ...(vectors.length > 0 ? vectorShape : {}),
  ...modelShape(models),
  name: text('Name', "Letters, digits and _. Empty: the table's name.", {
    optional: true,
    placeholder: of,
  }),
});

type Draft = ParamsOf<Omit<ReturnType<typeof shapeFor>, keyof (typeof partShape & typeof vectorShape)>> &
  Partial<ParamsOf<typeof partShape & typeof vectorShape>> & { readonly model?: string };

/** Asks what to embed, when that was asked for. */
export function NewCollectionDialog() {
  const open = useNewCollection((state) => state.open);
  const { data } = useEngine('tables', 'list', {});
  if (!open || !data) return null;
  const columnsOf = (name: unknown) => data.find((one) => one.name === name)?.columns ?? [];
  return <OpenDialog table={open.table ?? ''} columnsOf={columnsOf} />;
}

const start = (name: string): Params => ({
  ...initialParams(shapeFor({ of: name })),
  table: name,
  columns: undefined,
});

function OpenDialog(props: {
  readonly table: string;
  readonly columnsOf: (table: unknown) => readonly Column[];
}) {
  const { columnsOf } = props;
  const [draft, setDraft] = useState<Params>(() => start(props.table));
  const of = String(draft['table'] ?? '');
  const offered = columnsOf(of);
  const suggested = useNaturalText(of, offered);
  const vectors = offered.filter(({ type }) => likelyVectors(type));
  const { usable, broken } = useModels();
  const shape = shapeFor({ of, cut: draft['cut'], vectors, models: usable });
  const texts = (draft['columns'] as readonly string[] | undefined) ?? suggested;
  const given: Params = { model: usable[0]?.id, ...draft, columns: texts };
  // What was answered to a question that is asked no more is no answer.
  const values = Object.fromEntries(Object.entries(given).filter(([name]) => name in shape));
  const [strict, setStrict] = useState(false);
  const change = (next: Params) =>
    setDraft(next['table'] === of ? keepingApart(next, suggested) : start(String(next['table'])));
  const faults = nameFault(values['name']);
  const submit = () => {
    setStrict(true);
    if (Object.keys({ ...paramFaults(shape, values), ...faults }).length > 0) return showFirstFault();
    closeNewCollection();
    embed(values as unknown as Draft).catch(notEmbedded);
  };
  return (
    <Dialog
      open
      onClose={closeNewCollection}
      title="New collection"
      says={whereWords(usable.find(({ id }) => id === given['model']))}
      actions={
        <>
          <Button onClick={closeNewCollection}>Cancel</Button>
          <Button kind="primary" onClick={submit}>
            Embed
          </Button>
        </>
      }
    >
      <BrokenModels models={broken} />
      <ParamForm
        shape={shape}
        values={values}
        onChange={change}
        inputs={[offered, offered.filter(({ name }) => !texts.includes(name)), vectors]}
        faults={faults}
        strict={strict}
      />
    </Dialog>
  );
}

/** The suggested text stays a suggestion until it is changed; what is text is not metadata too. */
function keepingApart(next: Params, suggested: readonly string[]): Params {
  const texts = next['columns'] as readonly string[];
  const metadata = next['metadata'] as readonly string[];
  return {
    ...next,
    columns: texts === suggested ? undefined : texts,
    metadata: metadata.filter((name) => !texts.includes(name)),
  };
}

const whereWords = (model: EmbeddingModel | undefined) =>
  isFar(model)
    ? `Sends text to ${model.endpoint.origin}, which makes its vectors. You are asked before the first time.`
    : 'Embeds text on this computer, so that it can be searched by meaning. Nothing leaves it.';

const nameFault = (name: unknown): Readonly<Record<string, string>> =>
  typeof name !== 'string' || (/^([A-Za-z_]\w*)?$/.test(name) && name.length <= mostInName)
    ? {}
    : { name: `At most ${mostInName} letters, digits and _, not starting with a digit.` };

async function embed(draft: Draft): Promise<void> {
  const { table: of, columns: texts, metadata, name, template, cut, tokens, overlap, vectors, model } = draft;
  const { collection } = await embedAndTell({
    table: of,
    columns: [...texts],
    ...(name ? { collection: name } : {}),
    ...(template ? { template } : {}),
    ...(vectors ? { vectors } : {}),
    ...(vectors || !model ? {} : { model }),
    ...(cut === 'whole' ? {} : { cut: { by: cut, tokens: tokens ?? 200, overlap: overlap ?? 0 } }),
    ...(metadata.length > 0 ? { metadata: [...metadata] } : {}),
  });
  openCollection(collection);
}
