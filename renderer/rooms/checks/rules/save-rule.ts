import { useCallback } from 'react';
import type { CheckRule } from '../../../../shared/contract/checks.ts';
import { engine } from '../../../engine.ts';
import { confirm } from '../../../ui/ask.tsx';
import { toastProblem } from '../../../ui/toast.tsx';

/** A table's rules as they stand in the files now. */
async function rulesOf(table: string): Promise<readonly CheckRule[]> {
  const listed = await engine.checks.list({});
  return listed.find((one) => one.table === table)?.rules ?? [];
}

/** Writes one rule: in the place of the one with the id `before`, or last. */
export async function saveRule(table: string, rule: CheckRule, before: string | undefined): Promise<void> {
  const rules = await rulesOf(table);
  const at = rules.findIndex(({ id }) => id === before);
  await engine.checks.save({ table, rules: at < 0 ? [...rules, rule] : rules.with(at, rule) });
}

/** Takes a rule away, after asking. */
export function useRemoveRule(table: string): (rule: CheckRule) => Promise<void> {
  return useCallback(
    async ({ id }) => {
      const says = 'It is taken out of its file. What it found so far stays in the history.';
      if ((await confirm({ title: `Delete the rule ${id}?`, says, action: 'Delete', danger: true })) !== true)
        return;
      try {
        const rules = await rulesOf(table);
        await engine.checks.save({ table, rules: rules.filter((rule) => rule.id !== id) });
      } catch (thrown) {
        toastProblem(thrown, 'The rule was not deleted');
      }
    },
    [table],
  );
}
