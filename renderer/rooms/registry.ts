import type { Room, TabKind } from './define-room.ts';

let registered: readonly Room[] = [];
let kinds: ReadonlyMap<string, { readonly room: Room; readonly kind: TabKind }> = new Map();

/** Makes the rooms known, once, before the first render; so no room needs to import another to find it. */
export function registerRooms(rooms: readonly Room[]) {
  registered = rooms.toSorted(
    (one, other) => (one.place ?? 99) - (other.place ?? 99) || (one.kind < other.kind ? -1 : 1),
  );
  kinds = new Map(
    rooms.flatMap((room) => Object.entries(room.tabs).map(([name, kind]) => [name, { room, kind }] as const)),
  );
}

/** Every room, in the order of the activity bar, those without a button last. */
export const allRooms = () => registered;

/** A kind of tab and its room; none where the room is not part of this build. */
export const tabKind = (name: string) => kinds.get(name);
