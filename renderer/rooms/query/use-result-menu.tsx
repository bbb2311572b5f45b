import { ChartColumn, ChevronDown, Eye, ListChecks, Table2, Workflow } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import type { Result } from './outcome.ts';
import { checkFault, makeChart, makeCheck, makePipeline, makeRelation } from './use-result.ts';

/** What a result can become. */
export function UseResultMenu({ one }: { readonly one: Result }) {
  const reads = one.result.command === 'SELECT';
  const fault = checkFault(one);
  const entry = (
    label: string,
    icon: typeof Table2,
    run: () => Promise<void>,
    disabled = !reads,
  ): MenuItem => ({
    label,
    icon,
    disabled,
    run: () => void run().catch((thrown: unknown) => toastProblem(thrown)),
  });
  return (
    <Menu
      trigger={
        <Button small icon={ChevronDown}>
          Use result as
        </Button>
      }
      items={[
        entry('Chart', ChartColumn, () => makeChart(one)),
        entry('Table…', Table2, () => makeRelation(one, 'table')),
        entry('View…', Eye, () => makeRelation(one, 'view')),
        entry('Pipeline…', Workflow, () => makePipeline(one)),
        entry(
          fault ? `Check (${fault})` : 'Check…',
          ListChecks,
          () => makeCheck(one),
          !reads || fault !== undefined,
        ),
      ]}
    />
  );
}
