/** What is shipped besides Electron: the built files, and the packages that the engine loads at run time. */
const files = [
  'dist/**',
  '!dist/prepare.js',
  '!dist/**/*.map',
  '!dist/.*',
  '!dist/.*/**',
  'package.json',
  'LICENSE',
  '!**/node_modules/**/*.{map,md,markdown,ts,mts,cts,flow}',
  '!**/node_modules/**/{test,tests,__tests__,docs,examples}/**',
];

/** onnxruntime-node carries the libraries of every platform; each app takes its own. @param {string} own */
const filesFor = (own) => [
  ...files,
  ...['darwin', 'linux', 'win32']
    .filter((platform) => platform !== own)
    .map((platform) => `!node_modules/onnxruntime-node/bin/napi-v*/${platform}/**`),
];

/**
 * How electron-builder makes the app. No door stays open into its processes: neither environment nor arguments turn it
 * into plain Node, and only the sealed archive is loaded.
 * @param {import('./electron-runtime.mjs').ElectronRuntime} runtime
 * @param {string} notices the file of third-party licences
 * @returns {import('electron-builder').Configuration}
 */
export const packageConfig = (runtime, notices) => ({
  appId: 'org.assay.workbench',
  productName: 'Assay',
  copyright: 'The Assay authors, Apache License 2.0',
  electronDist: runtime.folder,
  electronVersion: runtime.version,
  directories: { output: 'release', buildResources: 'electron/setup/icon' },
  npmRebuild: false,
  publish: null,
  asar: true,
  // Loaded by the system itself or read by native code, which knows nothing of archives.
  asarUnpack: ['**/*.node', '**/*.so*', '**/*.dylib', '**/*.dll', 'dist/assets/**'],
  extraFiles: [
    { from: 'LICENSE', to: 'LICENSE.txt' },
    { from: notices, to: 'THIRD-PARTY-NOTICES.txt' },
  ],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
  },
  linux: {
    target: ['AppImage', 'deb'],
    category: 'Development',
    icon: 'electron/setup/icon/png',
    maintainer: 'The Assay authors',
    synopsis: 'Desktop data workbench',
    files: filesFor('linux'),
  },
  mac: {
    target: ['dmg', 'zip'],
    category: 'public.app-category.developer-tools',
    icon: 'electron/setup/icon/icon.icns',
    hardenedRuntime: true,
    files: filesFor('darwin'),
  },
  win: {
    target: ['nsis', 'zip'],
    icon: 'electron/setup/icon/icon.ico',
    files: filesFor('win32'),
  },
});
