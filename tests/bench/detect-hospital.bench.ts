import { detectors } from '../../electron/engine/checks/detect/all-detectors.ts';
import { suspectCells } from '../../electron/engine/checks/detect/suspect-cells.ts';
import { hospital, judged } from '../checks/hospital.ts';
import { defineBench } from './harness.ts';

const { table, wrong } = hospital();

const line = (name: string, { precision, recall, f1 }: ReturnType<typeof judged>) =>
  `${name.padEnd(26)} precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}  F1 ${f1.toFixed(3)}`;

/** Prints how well wrong cells are found without labels, by all detectors and without each in turn. */
async function prepare(): Promise<void> {
  console.error(line('all detectors', judged(suspectCells(table), wrong)));
  for (const name of detectors.keys()) {
    const others = new Map([...detectors].filter(([other]) => other !== name));
    console.error(line(`without ${name}`, judged(suspectCells(table, others), wrong)));
  }
}

export default defineBench({
  name: 'detect-hospital',
  unit: 'F1',
  better: 'higher',
  goal: 0.8,
  runs: 1,
  prepare,
  ours: async () => judged(suspectCells(table), wrong).f1,
});
