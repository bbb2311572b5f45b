import { useState } from 'react';
import type { Collection } from '../../../../shared/contract/search.ts';
import { counted } from '../../../../shared/number-words.ts';
import { choice, expression, type ParamsOf, text } from '../../../../shared/params.ts';
import { type Problem, toProblem } from '../../../../shared/problem.ts';
import { ruleId } from '../../../../shared/rule-id.ts';
import { engine } from '../../../engine.ts';
import { ParamForm, type Params, paramFaults } from '../../../forms/param-form.tsx';
import { showFirstFault } from '../../../forms/show-first-fault.ts';
import { ask } from '../../../ui/ask.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useEngine } from '../../../use-engine.ts';
import { openTab } from '../../../workspace/tabs.ts';
import { placeOf, type Question } from '../question.ts';
import { mayReplace } from '../write-column.ts';

const labelShape = {
  column: text('Column', 'The label is written there for these rows; others keep what they have.'),
  value: text('Label', 'What these rows get.'),
};

const shapeFor = (by: unknown) => ({
  holds: expression('Has to hold there', 'An SQL condition.', { placeholder: 'amount > 0' }),
  by: choice('These rows are known', 'How the rule finds them, here and on a server.', {
    key: 'by the values of a column that names each row',
    label: 'by a label that is written for them',
  }),
  ...(by === 'label' ? labelShape : {}),
});

type Draft = ParamsOf<Omit<ReturnType<typeof shapeFor>, 'column' | 'value'>> &
  Partial<ParamsOf<typeof labelShape>>;

/** Asks what has to hold in the rows of a drawn region or a topic, and writes it as a rule of their table. */
export const checkPlace = (collection: Collection, question: Question): Promise<void> =>
  ask<void>((answer) => <CheckDialog {...{ collection, question }} onClose={() => answer()} />);

function CheckDialog(props: {
  readonly collection: Collection;
  readonly question: Question;
  readonly onClose: () => void;
}) {
  const { collection, question, onClose } = props;
  const { table } = collection;
  const { data } = useEngine('tables', 'list', {});
  const [given, setValues] = useState<Params>({ holds: '', by: 'key', column: 'label', value: '' });
  const [strict, setStrict] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const shape = shapeFor(given['by']);
  // What is not asked is no answer.
  const values = Object.fromEntries(Object.entries(given).filter(([name]) => name in shape));
  const save = async () => {
    setStrict(true);
    if (Object.keys(paramFaults(shape, values)).length > 0) return showFirstFault();
    try {
      await makeRule(collection, question, values as unknown as Draft);
      onClose();
    } catch (thrown) {
      setProblem(toProblem(thrown));
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Check these rows of ${table}`}
      says={`A rule of ${table} over the rows that lie there now. Nothing of the map stands in it: it means the same on a server.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" onClick={() => void save()}>
            Add rule
          </Button>
        </>
      }
    >
      <ParamForm
        shape={shape}
        values={values}
        onChange={(next) => setValues({ ...given, ...next })}
        inputs={[data?.find(({ name }) => name === table)?.columns ?? []]}
        strict={strict}
      />
      {problem && <ProblemView problem={problem} />}
    </Dialog>
  );
}

async function makeRule({ name, table }: Collection, question: Question, draft: Draft): Promise<void> {
  const { holds, by, column = '', value = '' } = draft;
  const asked = { ...placeOf(name, question), holds };
  const condition = (replace: boolean) =>
    engine.search.placeCondition(by === 'label' ? { ...asked, label: { column, value, replace } } : asked);
  const { when, rows } = await condition(false).catch(async (thrown: unknown) => {
    if ((await mayReplace(column, toProblem(thrown))) !== true) throw thrown;
    return condition(true);
  });
  const rules = (await engine.checks.list({})).find((one) => one.table === table && !one.of)?.rules ?? [];
  const id = ruleId(
    'conditional',
    ['drawn'],
    rules.map((rule) => rule.id),
  );
  const rule = { id, kind: 'conditional', params: { when, holds }, failAbove: 0 };
  await engine.checks.save({ table, rules: [...rules, rule] });
  toast({ tone: 'ok', title: `${id} of ${table}`, detail: `Holds ${counted(rows, 'row')} to: ${holds}` });
  openTab({ kind: 'checks', key: table, title: table, data: { check: id } });
}
