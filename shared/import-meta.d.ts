/** What the bundler gives every module and this layer uses: registration of definitions by folder. */
interface ImportMeta {
  glob<T>(pattern: string | readonly string[], options: { eager: true; import?: string }): Record<string, T>;
}
