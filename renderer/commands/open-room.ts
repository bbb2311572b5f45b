import { goToRoom } from '../frame/activity-bar.tsx';
import { defineCommand } from '../palette/command.ts';
import { allRooms } from '../rooms/registry.ts';

/** Goes to each room of the activity bar, by number. */
export default () =>
  allRooms()
    .filter(({ place }) => place !== undefined)
    .map((room) =>
      defineCommand({
        id: `frame.room.${room.kind}`,
        title: `Go to ${room.title.toLowerCase()}`,
        group: 'Rooms',
        icon: room.icon,
        shortcut: `Mod+${room.place}`,
        run: () => goToRoom(room),
      }),
    );
