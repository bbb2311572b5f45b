import { sql } from '../../../shared/sql.ts';
import type { Session } from './session.ts';

/** While it is up, a cancel comes too late: what commits is not cut in two. */
export interface Shield {
  readonly up: boolean;
  raise(): void;
}

/** A shield that says when it goes up. */
export function shieldThat(rises: () => void): Shield {
  let up = false;
  return {
    get up() {
      return up;
    },
    raise() {
      up = true;
      rises();
    },
  };
}

/** Runs work between BEGIN and COMMIT. */
export async function inTransaction<T>(
  session: Session,
  shield: Shield,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  await session.run(sql`begin`);
  try {
    const result = await work(session);
    shield.raise();
    await session.run(sql`commit`);
    return result;
  } catch (thrown) {
    await session.run(sql`rollback`).catch(() => {});
    throw thrown;
  }
}

/** Runs work that can only read. Rolled back, for that takes back settings too. */
export async function readingOnly<T>(session: Session, work: (session: Session) => Promise<T>): Promise<T> {
  await session.run(sql`begin read only`);
  try {
    return await work(session);
  } finally {
    await session.run(sql`rollback`).catch(() => {});
  }
}
