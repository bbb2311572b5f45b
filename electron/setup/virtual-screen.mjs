import { spawn } from 'node:child_process';

/**
 * Starts a virtual screen on a free display, where this machine has none of its own.
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => void }>} what a program needs to find it
 */
export async function virtualScreen() {
  if (process.platform !== 'linux') return { env: {}, stop: () => {} };
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const stop = () => void server.kill('SIGTERM');
  process.once('exit', stop);
  const display = await displayOf(server);
  return {
    env: { DISPLAY: `:${display}`, WAYLAND_DISPLAY: '' },
    stop: () => {
      process.off('exit', stop);
      stop();
    },
  };
}

/** @param {import('node:child_process').ChildProcess} server @returns {Promise<string>} */
function displayOf(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with exit code ${code}.`)));
    const pipe = /** @type {import('node:stream').Readable} */ (server.stdio[3]);
    pipe.once('data', (bytes) => resolve(String(bytes).trim()));
  });
}
