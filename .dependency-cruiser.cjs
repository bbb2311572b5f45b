/** The rooms in the order of the road: each may use the ones before it, never the ones after. */
const rooms = [
  'files',
  'import',
  'tables',
  'query',
  'pipelines',
  'checks',
  'search',
  'promote',
  'documentation',
];

/** The folders of a room, likewise; the files beside them put them together, and no folder uses those. */
const foldersOfFiles = [
  'duck',
  'source',
  'encoding',
  'cells',
  'records',
  'spelling',
  'header',
  'dialect',
  'table',
  'types',
  'binary',
  'formats',
];

const foldersOfPipelines = [
  'sql',
  'file',
  'plan',
  'lineage',
  'preview',
  'incremental',
  'write',
  'run',
  'test',
];

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** Each folder of `within` may use the ones before it, never the ones after. */
const inOrder = (within, folders) =>
  folders
    .slice(0, -1)
    .map((folder, at) =>
      forbid(
        `${folder}-before-${folders[at + 1]}`,
        `${folder} may use what comes before it in ${within}, never what comes after`,
        { path: `^${within}/${folder}/` },
        { path: `^${within}/(${folders.slice(at + 1).join('|')})/` },
      ),
    );

const roomInOrder = (within, folders) => [
  ...inOrder(within, folders),
  forbid(
    `${within.split('/').at(-1)}-from-its-folders`,
    `the files of ${within} use its folders, never the other way`,
    { path: `^${within}/[^/]+/` },
    { path: `^${within}/[^/]+$` },
  ),
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid(
      'shared-on-neither-side',
      'shared/ imports from neither side',
      { path: '^shared/' },
      { path: '^(electron|renderer|tests)/' },
    ),
    forbid(
      'shared-is-pure',
      'shared/ is pure: no Node, no Electron',
      { path: '^shared/' },
      { path: '(^|/)node_modules/electron/|^electron$', dependencyTypesNot: ['local'] },
    ),
    forbid(
      'shared-without-node',
      'shared/ is pure: no Node, no Electron',
      { path: '^shared/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'window-knows-shared-only',
      'the window knows only shared/',
      { path: '^renderer/' },
      { path: '^(electron|tests)/' },
    ),
    forbid(
      'window-without-node',
      'the window has no Node',
      { path: '^renderer/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'engine-knows-no-window',
      'the engine knows nothing of the window or the tests',
      { path: '^electron/', pathNot: '^electron/setup/' },
      { path: '^(renderer|tests)/' },
    ),
    forbid(
      'engine-runs-in-node',
      'the engine also runs in plain Node, without Electron',
      { path: '^electron/(engine|cli)/', pathNot: '^electron/engine/engine-process\\.ts$' },
      { path: '(^|/)node_modules/electron/|^electron$', dependencyTypesNot: ['type-only', 'local'] },
    ),
    forbid(
      'no-circles',
      'two files that need each other when they load are one concept or three',
      {},
      {
        circular: true,
        viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] },
      },
    ),
    ...inOrder('electron/engine', rooms),
    ...roomInOrder('electron/engine/files', foldersOfFiles),
    ...roomInOrder('electron/engine/pipelines', foldersOfPipelines),
    ...inOrder('renderer/rooms/pipelines', ['document', 'run', 'canvas', 'pages', 'inspector']),
    ...inOrder('renderer/rooms/checks', ['verdicts', 'rules', 'history', 'overview', 'repairs']),
    forbid(
      'below-the-rooms',
      'the database, the columnar copies and the migrations know no room',
      { path: '^electron/engine/(database|columns|migrate)/' },
      { path: `^electron/engine/(${rooms.join('|')})/` },
    ),
    forbid(
      'rooms-of-the-window-apart',
      'a room of the window knows no other room: it opens a tab of it, or runs a command of it',
      { path: '^renderer/rooms/([^/]+)/' },
      { path: '^renderer/rooms/[^/]+/', pathNot: '^renderer/rooms/$1/' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release)/' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.css'] },
  },
};
