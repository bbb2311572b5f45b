import type { Room, TabKind } from './define-room.ts';

const found = import.meta.glob<Room>('./*/room.tsx', { eager: true, import: 'default' });

/** Every room, in the order of the activity bar, those without a button last. */
export const rooms: readonly Room[] = Object.values(found).sort(
  (one, other) => (one.place ?? 99) - (other.place ?? 99) || (one.kind < other.kind ? -1 : 1),
);

const kinds = new Map<string, { readonly room: Room; readonly kind: TabKind }>(
  rooms.flatMap((room) =>
    Object.entries(room.tabs).map(([name, kind]): [string, { room: Room; kind: TabKind }] => [
      name,
      { room, kind },
    ]),
  ),
);

/** A kind of tab and its room; none where the room is not part of this build. */
export const tabKind = (name: string) => kinds.get(name);
