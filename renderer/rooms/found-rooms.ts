import type { Room } from './define-room.ts';

/** The room of every folder here; the folder is all there is to add. */
export const foundRooms = Object.values(
  import.meta.glob<Room>('./*/room.tsx', { eager: true, import: 'default' }),
);
