import type { Problem } from '../problem.ts';
import type { Client, Handlers, Progress } from '../wire.ts';
import { checks } from './checks.ts';
import { documentation } from './documentation.ts';
import { files } from './files.ts';
import { importing } from './import.ts';
import { pipelines } from './pipelines.ts';
import { promote } from './promote.ts';
import { query } from './query.ts';
import { search } from './search.ts';
import { tables } from './tables.ts';
import { workspace } from './workspace.ts';

/** Every call between window (or command line) and engine, by room in the order of the road. */
export const contract = {
  workspace,
  files,
  import: importing,
  tables,
  query,
  pipelines,
  checks,
  search,
  promote,
  documentation,
};

/** What the engine says unasked. */
export type EngineEvent =
  /** Something in this room changed: what was read of it is stale. */
  | { readonly event: 'changed'; readonly room: keyof typeof contract }
  /** A rule began to fail, and the workspace wants to be told on the desktop. */
  | { readonly event: 'alert'; readonly title: string; readonly detail: string }
  /** Something that the engine does by itself began, went on or ended; `checks.stop` gives it up. */
  | {
      readonly event: 'task';
      readonly task: number;
      readonly title: string;
      readonly status: 'running' | 'done' | 'cancelled' | 'failed';
      readonly progress?: Progress;
      readonly problem?: Problem;
    }
  /** The database was stopped and opened again, because it crashed or because a call was cancelled, which that call tells. */
  | {
      readonly event: 'database restarted';
      readonly reason: string;
      readonly ms: number;
      readonly cancelled: boolean;
    };

export type Engine = Client<typeof contract>;
export type EngineHandlers = Handlers<typeof contract>;
/** What fulfils one room. */
export type Room<Name extends keyof typeof contract> = EngineHandlers[Name];
