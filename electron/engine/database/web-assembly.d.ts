/** What the engine uses of WebAssembly, which Node has but its types leave to the DOM's. */
declare namespace WebAssembly {
  interface Module {
    readonly compiled: unique symbol;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
}
