import { Copy } from 'lucide-react';
import { type CopyFormat, copyFormats } from '../../../grid/copy-formats.ts';
import { currentGrid } from '../../../grid/current-grid.ts';
import { defineCommand } from '../../../palette/command.ts';

/** Copies the selected cells with their headers, in the format that is wanted where they go. */
export default () =>
  (Object.keys(copyFormats) as CopyFormat[])
    .filter((format) => format !== 'plain')
    .map((format) =>
      defineCommand({
        id: `grid.copyAs.${format}`,
        title: `Copy cells as ${copyFormats[format].title}`,
        group: 'Grid',
        icon: Copy,
        ...(format === 'tsv' ? { shortcut: 'Mod+Shift+C' } : {}),
        enabled: () => currentGrid() !== undefined,
        run: () => currentGrid()?.copy(format),
      }),
    );
