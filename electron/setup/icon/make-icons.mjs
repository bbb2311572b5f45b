import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { asCommand } from '../as-command.mjs';
import { electronRuntime } from '../electron-runtime.mjs';
import { inProject } from '../project.mjs';
import { virtualScreen } from '../virtual-screen.mjs';
import { icnsOf, icoOf } from './icon-containers.mjs';

const folder = inProject('electron', 'setup', 'icon');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

/** Draws icon.svg in every size that the platforms want, with Electron as the drawing program. */
async function makeIcons() {
  const app = mkdtempSync(join(tmpdir(), 'assay-icon-'));
  writeFileSync(join(app, 'package.json'), '{ "main": "main.cjs" }');
  writeFileSync(
    join(app, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
     app.whenReady().then(() => new BrowserWindow({ show: false }).loadURL('about:blank'));`,
  );
  const screen = await virtualScreen();
  try {
    const { executable, args } = await electronRuntime();
    const env = /** @type {Record<string, string>} */ ({ ...process.env, ...screen.env });
    const electron = await _electron.launch({ executablePath: executable, args: [app, ...args], env });
    writeIcons(await drawn(await electron.firstWindow()));
    await electron.close();
  } finally {
    screen.stop();
    rmSync(app, { recursive: true });
  }
}

/** @param {import('playwright').Page} page @returns {Promise<Map<number, Buffer>>} */
async function drawn(page) {
  const svg = readFileSync(join(folder, 'icon.svg'), 'utf8');
  const images = new Map();
  for (const size of sizes) {
    const url = await page.evaluate(drawInPage, { svg, size });
    images.set(size, Buffer.from(url.split(',')[1] ?? '', 'base64'));
  }
  return images;
}

/** Runs in the page. @param {{ svg: string, size: number }} drawing @returns {Promise<string>} */
async function drawInPage({ svg, size }) {
  /** @type {any} biome-ignore lint/suspicious/noExplicitAny: this layer has no types of the browser */
  const { document, Image } = globalThis;
  const image = new Image(size, size);
  image.src = `data:image/svg+xml;base64,${btoa(svg)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
  canvas.getContext('2d').drawImage(image, 0, 0, size, size);
  return canvas.toDataURL('image/png');
}

/** @param {Map<number, Buffer>} images */
function writeIcons(images) {
  mkdirSync(join(folder, 'png'), { recursive: true });
  for (const [size, png] of images) writeFileSync(join(folder, 'png', `${size}x${size}.png`), png);
  writeFileSync(join(folder, 'icon.ico'), icoOf(images));
  writeFileSync(join(folder, 'icon.icns'), icnsOf(images));
}

await asCommand(import.meta.url, makeIcons);
