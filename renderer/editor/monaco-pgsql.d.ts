declare module 'monaco-editor/languages/definitions/pgsql/pgsql' {
  type Languages = typeof import('monaco-editor/editor/editor.api').languages;
  export const conf: Parameters<Languages['setLanguageConfiguration']>[1];
  export const language: Parameters<Languages['setMonarchTokensProvider']>[1] & {
    readonly keywords: readonly string[];
    readonly operators: readonly string[];
    readonly builtinFunctions: readonly string[];
  };
}
