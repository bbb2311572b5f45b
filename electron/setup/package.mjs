import { asCommand } from './as-command.mjs';
import { build as buildApp } from './build.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { writeNotices } from './notices.mjs';
import { packageConfig } from './package-config.mjs';
import { distDir, projectDir } from './project.mjs';

const fallbackFlag = '--allow-fallback-runtime';

/**
 * Makes the app for this platform in release/: its folder, and with `--installers` what people download.
 * @param {string[]} words
 */
async function makePackage(words) {
  await buildApp();
  const runtime = await electronRuntime();
  if (runtime.isFallback && !words.includes(fallbackFlag)) {
    throw new Error(
      `Electron ${runtime.version} is past its end of life and must not ship. Package where Electron's download can be reached; to only try the packaging, add ${fallbackFlag}.`,
    );
  }
  const notices = `${distDir}/THIRD-PARTY-NOTICES.txt`;
  console.log(`${writeNotices(notices)} third-party notices.`);
  const { build } = await import('electron-builder');
  const made = await build({
    projectDir,
    dir: !words.includes('--installers'),
    config: packageConfig(runtime, notices),
  });
  console.log(made.length > 0 ? made.join('\n') : 'Made release/.');
}

await asCommand(import.meta.url, makePackage);
