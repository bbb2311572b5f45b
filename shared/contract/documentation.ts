import { z } from 'zod';
import { call } from '../wire.ts';

export interface Documentation {
  /** The page that was written. */
  readonly file: string;
  readonly tables: number;
  readonly pipelines: number;
  readonly checks: number;
  readonly collections: number;
}

export const documentation = {
  /** Writes one page about the whole workspace into a folder; `samples`: with some rows, private columns left out. */
  write: call(
    z.object({ folder: z.string().min(1), samples: z.boolean().default(true) }),
  ).returns<Documentation>(),
};
