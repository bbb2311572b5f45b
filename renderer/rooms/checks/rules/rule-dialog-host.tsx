import { lazy, Suspense } from 'react';
import { useRowsDialog } from './rows-dialog-state.ts';
import { useRuleDialog } from './rule-dialog-state.ts';

const RuleDialog = lazy(() => import('./rule-dialog.tsx'));
const RowsDialog = lazy(() => import('./rows-dialog.tsx'));

/** The dialogs that write a rule, or choose the rows for one, while that goes on. */
export function RuleDialogHost() {
  const rule = useRuleDialog((state) => state.open);
  const rows = useRowsDialog((state) => state.open);
  return (
    <Suspense fallback={null}>
      {rule && <RuleDialog />}
      {rows && <RowsDialog />}
    </Suspense>
  );
}
