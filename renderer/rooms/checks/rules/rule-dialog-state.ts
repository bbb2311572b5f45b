import { create } from 'zustand';
import type { CheckRule } from '../../../../shared/contract/checks.ts';

/** The rule that is being written: of which table, and which one; none for a new one. */
export interface RuleDialogState {
  readonly open:
    | {
        readonly table: string;
        readonly rule?: CheckRule;
        /** The column that a new rule starts with. */
        readonly column?: string;
        /** What follows when it was written; else its checks open. */
        readonly then?: ((id: string) => void) | undefined;
      }
    | undefined;
}

/** Which rule the dialog is open for. */
export const useRuleDialog = create<RuleDialogState>(() => ({ open: undefined }));

/** Asks for a new rule on a table, or on one of its columns. */
export const newRule = (table: string, column?: string, then?: (id: string) => void) =>
  useRuleDialog.setState({ open: { table, then, ...(column === undefined ? {} : { column }) } });

/** Asks for changes of a rule. */
export const editRule = (table: string, rule: CheckRule, then?: (id: string) => void) =>
  useRuleDialog.setState({ open: { table, rule, then } });

/** Puts the dialog away. */
export const closeRuleDialog = () => useRuleDialog.setState({ open: undefined });
