import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { openEngine } from '../../electron/engine/engine.ts';
import { generateShop, shopImports, writeShop } from '../../electron/setup/sample/shop.ts';
import { contract, type Engine } from '../../shared/contract/index.ts';
import type { Contract } from '../../shared/wire.ts';
import { countPlanted, type PlantedDefect } from '../sample/planted.ts';
import { defineBench } from './harness.ts';

const { defects } = parse(generateShop().files.get('defects.yaml') ?? '') as {
  defects: readonly PlantedDefect[];
};

type Handler = (arg: unknown, context: object) => unknown;

/** The engine's calls without a port between; what is left out of an argument is as the contract has it. */
const called = (handlers: Readonly<Record<string, Readonly<Record<string, Handler>>>>): Engine =>
  Object.fromEntries(
    Object.entries(handlers).map(([room, calls]) => [
      room,
      Object.fromEntries(
        Object.entries(calls).map(([name, call]) => [
          name,
          (arg: unknown) =>
            call((contract as Contract)[room]?.[name]?.arg.parse(arg), {
              signal: new AbortController().signal,
              progress: () => {},
            }),
        ]),
      ),
    ]),
  ) as unknown as Engine;

/** Imports the sample, takes its rules away, and prints what suggested rules alone find of what is planted in it. */
async function share(): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  writeShop(dir);
  const opened = openEngine({ dir, create: true }, () => {});
  const engine = called(opened.handlers as unknown as Parameters<typeof called>[0]);
  try {
    for (const { file } of shopImports) await engine.import.load({ path: file, mode: 'create' });
    for (const { table } of shopImports) await engine.checks.save({ table, rules: [] });
    const { found, missed, suggestions, failing, falseOnes } = await countPlanted(engine, defects);
    console.error(
      `${found.length} of ${found.length + missed.length} planted defects found; missed: ${missed}`,
    );
    console.error(
      `${suggestions} suggestions, ${failing} fail now, ${falseOnes.length} of these for nothing planted:`,
    );
    for (const says of falseOnes) console.error(`  ${says}`);
    return found.length / (found.length + missed.length);
  } finally {
    await opened.close();
    await rm(dir, { recursive: true, force: true });
  }
}

export default defineBench({
  name: 'suggest-sample',
  unit: 'of the planted defects',
  better: 'higher',
  optional: true,
  goal: 1,
  runs: 1,
  ours: share,
});
