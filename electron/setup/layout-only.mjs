/**
 * Takes the layout of maps out of embedding-atlas and leaves its viewer behind, which needs Mosaic and DuckDB in
 * WebAssembly; these are not installed.
 */
export const layoutOnly = {
  external: [/^@uwdata\//],
  treeshake: {
    /** @param {string} id */
    moduleSideEffects: (id) => !/embedding-atlas|@uwdata/.test(id),
  },
};
