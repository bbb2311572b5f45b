import { create } from 'zustand';
import type { CheckRule } from '../../../shared/contract/checks.ts';

/** The rule that is being written: of which table, and which one; none for a new one. */
export interface RuleDialogState {
  readonly open: { readonly table: string; readonly rule?: CheckRule } | undefined;
}

/** Which rule the dialog is open for. */
export const useRuleDialog = create<RuleDialogState>(() => ({ open: undefined }));

/** Asks for a new rule on a table. */
export const newRule = (table: string) => useRuleDialog.setState({ open: { table } });

/** Asks for changes of a rule. */
export const editRule = (table: string, rule: CheckRule) => useRuleDialog.setState({ open: { table, rule } });

/** Puts the dialog away. */
export const closeRuleDialog = () => useRuleDialog.setState({ open: undefined });
