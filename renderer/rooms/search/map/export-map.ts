import type { CollectionMap } from '../../../../shared/contract/search.ts';
import { problem } from '../../../../shared/problem.ts';
import { bridge } from '../../../bridge.ts';
import { engine } from '../../../engine.ts';
import { tokenColor } from '../../../styles/token-color.ts';
import { toast, toastProblem } from '../../../ui/toast.tsx';
import type { ColouredPoints } from './coloured-points.ts';
import { mapPicture } from './map-picture.ts';

/** Writes a picture of the whole map into a folder that is asked for. */
export async function exportMap(
  collection: string,
  map: CollectionMap,
  points: ColouredPoints,
  format: 'svg' | 'png',
): Promise<void> {
  try {
    const folder = await bridge.chooseFolder(`Folder for the map of ${collection}`);
    if (!folder) return;
    const look = { text: tokenColor('--text'), background: tokenColor('--bg') };
    const svg = mapPicture(points, map.topics, look);
    const content = format === 'svg' ? svg : await pngOf(svg);
    const name = `map-of-${collection}`;
    const { file } = await engine.query.exportChart({ folder, name, format, content });
    toast({ title: 'The map is exported', detail: file });
  } catch (thrown) {
    toastProblem(thrown, 'The map was not exported');
  }
}

/** Pixels for each of the picture's own. */
const scale = 2;

async function pngOf(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width * scale;
    canvas.height = image.height * scale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw problem('bug', 'The browser made no picture of the map.');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(image.src);
  }
}
