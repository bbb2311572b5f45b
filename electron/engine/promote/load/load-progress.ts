import type { Progress } from '../../../../shared/wire.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { keyOf } from '../target/target-state.ts';

type Part = NonNullable<Progress['parts']>[number];

/** How far each table is, told whenever one comes on. */
export class LoadProgress {
  readonly #parts: Map<string, Part>;
  readonly #progress: (progress: Progress) => void;

  constructor(objects: readonly PromotedObject[], progress: (progress: Progress) => void) {
    this.#progress = progress;
    this.#parts = new Map(
      objects.map((object) => [keyOf(object), { name: object.name, done: 0, total: object.rows, bytes: 0 }]),
    );
  }

  /** So many rows and bytes of it are there. */
  tell(object: PromotedObject, rows: number, bytes: number): void {
    const { name, rows: total } = object;
    this.#parts.set(keyOf(object), { name, done: Math.min(rows, total), total, bytes });
    const parts = [...this.#parts.values()];
    const sum = (of: 'done' | 'total') => parts.reduce((all, part) => all + part[of], 0);
    this.#progress({ title: `Sending ${name}`, done: sum('done'), total: sum('total'), unit: 'rows', parts });
  }
}
