/** Windows' icon file: a directory of PNG images. @param {Map<number, Buffer>} images by size in pixels */
export function icoOf(images) {
  const kept = [...images].filter(([size]) => size <= 256);
  const header = Buffer.alloc(6 + 16 * kept.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(kept.length, 4);
  let offset = header.length;
  kept.forEach(([size, png], at) => {
    const entry = 6 + 16 * at;
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...kept.map(([, png]) => png)]);
}

/** What macOS calls each image: the size, and the half size at double density. @type {readonly [string, number][]} */
const icnsTypes = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
];

/** macOS's icon file: named PNG images one after the other. @param {Map<number, Buffer>} images by size in pixels */
export function icnsOf(images) {
  const parts = icnsTypes.flatMap(([type, size]) => {
    const png = images.get(size);
    return png ? [block(type, png)] : [];
  });
  return block('icns', Buffer.concat(parts));
}

/** @param {string} type @param {Buffer} content */
function block(type, content) {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(content.length + 8, 4);
  return Buffer.concat([header, content]);
}
