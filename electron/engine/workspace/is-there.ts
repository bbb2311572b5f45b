import { access } from 'node:fs/promises';

/** True where something stands there. */
export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
