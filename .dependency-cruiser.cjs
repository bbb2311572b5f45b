/** The rooms in the order of the road: each may use the ones before it, never the ones after. */
const rooms = ['files', 'import', 'tables', 'query', 'pipelines', 'checks', 'search', 'promote'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'shared-stands-alone',
      comment: 'shared/ is pure: it imports from neither side.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(electron|renderer|tests)/' },
    },
    {
      name: 'shared-is-pure',
      comment: 'shared/ runs in the window, the engine and the command line: no Node, no Electron.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'window-knows-only-shared',
      comment: 'The window reaches the engine through the contract.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(electron|tests)/' },
    },
    {
      name: 'engine-knows-only-shared',
      comment: 'Nothing in electron/ depends on the window; the setup alone knows the test server.',
      severity: 'error',
      from: { path: '^electron/', pathNot: '^electron/setup/' },
      to: { path: '^(renderer|tests)/' },
    },
    {
      name: 'engine-runs-without-electron',
      comment: 'The engine also runs in plain Node, for the command line and the tests.',
      severity: 'error',
      from: { path: '^electron/(engine|cli)/', pathNot: '^electron/engine/engine-process\\.ts$' },
      to: { path: '(^|/)node_modules/electron/', dependencyTypesNot: ['type-only'] },
    },
    ...['electron/engine', 'renderer/rooms'].flatMap(laterRooms),
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one concept in two places.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|release|tests/\\.work|tests/fixtures)/' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.d.ts', '.json'] },
  },
};

/** @param {string} parent */
function laterRooms(parent) {
  return rooms.slice(0, -1).map((room, at) => ({
    name: `${room}-uses-earlier-rooms`,
    comment: `${parent}/${room} may use earlier rooms of the road, never later ones.`,
    severity: 'error',
    from: { path: `^${parent}/${room}/` },
    to: { path: `^${parent}/(${rooms.slice(at + 1).join('|')})/` },
  }));
}
