import { suspectCells } from '../../electron/engine/checks/detect/suspect-cells.ts';
import { fixers } from '../../electron/engine/checks/repair/all-fixers.ts';
import { proposeFixes } from '../../electron/engine/checks/repair/propose-fixes.ts';
import { hospital, judgedFixes } from '../checks/hospital.ts';
import { defineBench } from './harness.ts';

const { table, wrong, truth } = hospital();
const doubts = suspectCells(table, undefined, undefined, 0.4).map(({ row, column, score }) => ({
  row: row - 1,
  column,
  score,
}));

function line(name: string, least: number, asked = fixers): string {
  const fixes = proposeFixes(table, doubts, undefined, asked).filter(({ confidence }) => confidence >= least);
  const { precision, recall } = judgedFixes(fixes, wrong, truth);
  return `${name.padEnd(30)} ${String(fixes.length).padStart(4)} fixes  right ${precision.toFixed(3)}  of all errors ${recall.toFixed(3)}`;
}

/** Prints how many proposed fixes are right, by confidence, and without each fixer in turn. */
async function prepare(): Promise<void> {
  for (const least of [0.3, 0.5, 0.7, 0.8, 0.9]) console.error(line(`confidence from ${least}`, least));
  for (const name of fixers.keys()) {
    const others = new Map([...fixers].filter(([other]) => other !== name));
    console.error(line(`without ${name}, from 0.5`, 0.5, others));
  }
}

export default defineBench({
  name: 'repair-hospital',
  unit: 'share of proposed fixes that are right',
  better: 'higher',
  goal: 0.9,
  runs: 1,
  prepare,
  ours: async () => {
    const fixes = proposeFixes(table, doubts).filter(({ confidence }) => confidence >= 0.5);
    return judgedFixes(fixes, wrong, truth).precision;
  },
});
