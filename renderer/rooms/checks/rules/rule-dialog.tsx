import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { toProblem } from '../../../../shared/problem.ts';
import { checks } from '../../../../shared/registry.ts';
import { paramFaults } from '../../../forms/param-form.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { useEngine, useEngineAction } from '../../../use-engine.ts';
import { openChecks } from './open-checks.ts';
import { closeRuleDialog, type RuleDialogState, useRuleDialog } from './rule-dialog-state.ts';
import { draftOf, idFault, idOf, newDraft, ruleOf } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';
import { saveRule } from './save-rule.ts';
import { TriedFinding } from './tried-finding.tsx';

/** Writes a new rule of a table or changes one, when that was asked for. */
export default function RuleDialog() {
  const open = useRuleDialog((state) => state.open);
  const tables = useEngine('tables', 'list', {});
  const listed = useEngine('checks', 'list', {});
  const own = listed.data?.find(({ table }) => table === open?.table);
  const rows = useEngine('checks', 'columns', { of: own?.of ?? { sql: '' } }, { enabled: !!own?.of });
  if (!open || !tables.data || !listed.data || (own?.of && rows.isPending)) return null;
  const others = own?.rules ?? [];
  const taken = others.map(({ id }) => id).filter((id) => id !== open.rule?.id);
  const columnsOf = (table: unknown) => {
    if (own?.of && table === open.table) return rows.data ?? [];
    return tables.data?.find(({ name }) => name === table)?.columns ?? [];
  };
  return <OpenDialog key={`${open.table} ${open.rule?.id}`} {...{ open, taken, columnsOf }} />;
}

interface OpenDialogProps {
  readonly open: NonNullable<RuleDialogState['open']>;
  readonly taken: readonly string[];
  readonly columnsOf: Parameters<typeof RuleForm>[0]['columnsOf'];
}

/** What is written so far, what a try of it found, and how saving went. */
function useRuleWriting({ open: { table, rule, column, then }, taken, columnsOf }: OpenDialogProps) {
  const [draft, setDraft] = useState(() => (rule ? draftOf(rule) : newDraft(columnsOf(table), column)));
  const [asked, setAsked] = useState(false);
  const [thrown, setThrown] = useState<unknown>();
  const attempt = useEngineAction('checks', 'attempt');
  const wrongId = idFault(idOf(draft, taken), taken);
  const wrong = Object.keys(paramFaults(checks.get(draft.kind)?.params ?? {}, draft.params)).length > 0;
  const complete = !wrong && wrongId === undefined;
  const change = (next: typeof draft) => {
    setDraft(next);
    attempt.reset();
  };
  const attemptIt = () => {
    setAsked(true);
    if (complete) attempt.run({ table, rule: ruleOf(draft, taken) }).catch(() => undefined);
  };
  const save = async () => {
    setAsked(true);
    if (!complete) return;
    const written = ruleOf(draft, taken);
    try {
      await saveRule(table, written, rule?.id);
      closeRuleDialog();
      if (then) then(written.id);
      else openChecks(table, written.id);
    } catch (failed) {
      setThrown(failed);
    }
  };
  return { draft, change, attempt, attemptIt, save, asked, wrongId, thrown, incomplete: asked && !complete };
}

function OpenDialog(props: OpenDialogProps) {
  const { table, rule } = props.open;
  const writing = useRuleWriting(props);
  const { attempt, thrown } = writing;
  const failed = thrown === undefined ? attempt.problem : toProblem(thrown);
  return (
    <Dialog
      open
      wide
      onClose={closeRuleDialog}
      title={rule ? `Rule ${rule.id} of ${table}` : `New rule on ${table}`}
      actions={
        <>
          <Button icon={FlaskConical} busy={attempt.busy} onClick={writing.attemptIt}>
            Try it
          </Button>
          <Button onClick={closeRuleDialog}>Cancel</Button>
          <Button
            kind="primary"
            data-first={props.open.column === undefined ? undefined : ''}
            onClick={() => void writing.save()}
          >
            {rule ? 'Save' : 'Add rule'}
          </Button>
        </>
      }
    >
      <RuleForm
        table={table}
        draft={writing.draft}
        onChange={writing.change}
        taken={props.taken}
        columnsOf={props.columnsOf}
        idFault={writing.asked || writing.draft.id !== undefined ? writing.wrongId : undefined}
      />
      {attempt.result && <TriedFinding finding={attempt.result} />}
      {failed && <ProblemView problem={failed} />}
    </Dialog>
  );
}
