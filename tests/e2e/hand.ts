import type { ElectronApplication, Locator, Page } from 'playwright';

/** What a person's hands do more than once, on a whole window or a part of it. */
export const hand = (page: Page) => ({
  /** Opens a field with choices, clicks one, and waits until the list is gone. */
  choose: async (field: Locator, option: string | RegExp) => {
    await field.click();
    await page.getByRole('option', { name: option }).first().click();
    await page.getByRole('listbox').waitFor({ state: 'hidden' });
  },

  /** Waits until no dialog and no menu is left, also none that is closing and may give the focus back late. */
  uncovered: () =>
    page
      .locator(':is([role=dialog], [role=alertdialog], [role=menu]):not([aria-modal=false])')
      .first()
      .waitFor({ state: 'detached' }),

  /** Replaces the text of the SQL editor. */
  writeSql: async (text: string) => {
    await page.getByRole('textbox', { name: /^SQL of/ }).focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
    await page.keyboard.press('Escape');
  },

  /** The text of the cell that has the focus in a grid, and its place: row and column from 1. */
  seen: (grid: Locator) =>
    grid.evaluate((element) => {
      const cell = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
      const row = Number(cell?.parentElement?.getAttribute('aria-rowindex')) - 1;
      return [cell?.textContent, row, Number(cell?.getAttribute('aria-colindex')) - 1];
    }),
});

/** The system's window for choosing files answers with these. */
export const answerFileDialog = (app: ElectronApplication, paths: readonly string[]) =>
  app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
  }, paths as string[]);

/** What the system's clipboard holds. */
export const clipboardText = (app: ElectronApplication) =>
  app.evaluate(({ clipboard }) => clipboard.readText());
