import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Unit and room tests: real PGlite and real files, no window. */
export default defineConfig({
  plugins: [react()],
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', 'tests/bench/**', 'tests/.work/**', 'node_modules/**'],
    globalSetup: 'tests/global-setup.ts',
    setupFiles: ['tests/seed.ts'],
    pool: 'forks',
    // Loading the engine anew for every file takes a third of the time; a file that puts a stand-in for a module must not be read by others.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    passWithNoTests: false,
  },
});
