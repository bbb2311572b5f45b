import { z } from 'zod';
import { call } from '../wire.ts';

/** A value that a monitor remembers, with what it was held against on its day. */
export interface MonitorValue {
  readonly value: number;
  readonly at: string;
  /** The version of the table, where it is known. */
  readonly version: number | null;
  /** Why it is no example of what is usual, where a person said so. */
  readonly incident: string | null;
  /** How the columns of the load differ from those of the load before, in words. */
  readonly changes: readonly string[];
  /** Null where there was too little before it. */
  readonly bounds: { readonly min: number; readonly max: number } | null;
}

export interface MonitorHistory {
  /** So many comparable values it needs before anything is judged. */
  readonly needed: number;
  /** Newest first. */
  readonly values: readonly MonitorValue[];
}

/** One line of a score card: what is held against which target. */
export interface Score {
  readonly name: string;
  readonly target: string;
  /** In words; null where the catalog has nothing to say. */
  readonly value: string | null;
  /** Null where there is no value, or no target. */
  readonly met: boolean | null;
  /** From what it comes, or why there is nothing. */
  readonly says: string;
}

export interface ScoreCard {
  /** Null for the whole workspace. */
  readonly table: string | null;
  readonly owner: string | null;
  readonly critical: boolean;
  readonly scores: readonly Score[];
}

/** What the workspace wants done when a rule begins to fail, and whether this computer may. */
export interface AlertState {
  readonly desktop: boolean;
  readonly command: string | null;
  readonly webhook: string | null;
  /** Commands and webhooks are another person's wish until they were allowed here. */
  readonly allowed: boolean;
}

/** Calls of the checks room about what is usual, and who is told. */
export const monitorCalls = {
  /** What a rule of the kind "A figure as usual" remembers, and what each value was held against. */
  monitor: call(z.object({ table: z.string(), check: z.string() })).returns<MonitorHistory>(),
  /** Marks a remembered value as an incident, which is no example of what is usual; null takes the mark away. */
  incident: call(
    z.object({
      table: z.string(),
      check: z.string(),
      at: z.iso.datetime(),
      note: z.string().min(1).max(200).nullable(),
    }),
  ).returns<MonitorHistory>(),
  /** How the workspace, and each of its tables, stands to its targets. */
  scores: call(z.object({})).returns<readonly ScoreCard[]>(),
  alerts: call(z.object({})).returns<AlertState>(),
  /** Lets the command and the webhook that the workspace names now be used on this computer, or not. */
  allowAlerts: call(z.object({ allow: z.boolean() })).returns<AlertState>(),
};
