import { asCommand } from './as-command.mjs';
import { install } from './install.mjs';
import { inProject } from './project.mjs';
import { runCommand } from './run-command.mjs';

const checks = [
  { name: 'types', script: 'node_modules/typescript-7/bin/tsc', args: ['-b'] },
  {
    name: 'lint and format',
    script: 'node_modules/@biomejs/biome/bin/biome',
    args: ['check', '--error-on-warnings', '.'],
  },
  {
    name: 'dependency directions',
    script: 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    args: ['--config', '.dependency-cruiser.cjs', 'shared', 'electron', 'renderer'],
  },
  { name: 'unused code', script: 'node_modules/knip/bin/knip.js', args: ['--no-progress'] },
];

/** Runs every check, also after one that failed, and says at the end which did. */
async function check() {
  await install();
  const failed = [];
  for (const { name, script, args } of checks) {
    console.log(`\n${name}`);
    const code = await runCommand(process.execPath, [inProject(script), ...args]);
    if (code !== 0) failed.push(name);
  }
  console.log(failed.length > 0 ? `\nFailed: ${failed.join(', ')}.` : '\nAll checks passed.');
  return failed.length > 0 ? 1 : 0;
}

await asCommand(import.meta.url, check);
