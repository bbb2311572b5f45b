import type { Page } from 'playwright';
import { expect } from 'vitest';
import type { RunningApp } from './launch-app.ts';

/** The windows a screen is judged in, the usual one last. */
export const sizes = [
  { width: 2560, height: 1440 },
  { width: 1280, height: 800 },
] as const;

/** Makes the window this large. */
export async function windowOf(
  { app, page }: RunningApp,
  { width, height }: (typeof sizes)[number],
): Promise<void> {
  await app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [
    width,
    height,
  ] as const);
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

/** Texts that end at an edge without …, and pages that are wider than the window. */
export const cutTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const cut: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) cut.push('the page is wider than the window');
    for (const element of document.querySelectorAll<HTMLElement>('#root *')) {
      if (!element.checkVisibility() || element.closest('.monaco-editor, .react-flow, .visually-hidden'))
        continue;
      const { overflowX, textOverflow, whiteSpace } = getComputedStyle(element);
      const ownText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
      const over = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
      if (ownText && over && overflowX === 'hidden' && textOverflow !== 'ellipsis' && whiteSpace !== 'normal')
        cut.push(element.outerHTML.slice(0, 160));
    }
    return cut;
  });
