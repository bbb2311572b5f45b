import type { OpenNote } from '../../../../../shared/contract/formats.ts';
import { counted } from '../../../../../shared/number-words.ts';
import { unsure } from '../../../../../shared/told-guesses.ts';
import { columnLetters, parseRange } from './range.ts';
import type { SheetSeen } from './read-sheet.ts';
import type { ExcelSettings } from './settings.ts';
import type { SheetTable } from './sheet-table.ts';
import type { Workbook } from './workbook.ts';

/** What somebody should know of a sheet as it was read, and what else may be chosen. */
export const sheetNotes = (
  workbook: Workbook,
  settings: ExcelSettings,
  table: SheetTable,
  { seen, ended }: { readonly seen: SheetSeen; readonly ended: boolean },
): readonly OpenNote[] => [
  ...otherSheets(workbook, settings),
  ...namedByGuess(table),
  ...unstored(table),
  ...hidden(seen),
  ...(ended ? rowsUnder(table, settings) : []),
];

/** Where only words tell whether the first row names the columns. */
function namedByGuess({ headerGuess, headerLines }: SheetTable): OpenNote[] {
  if (!headerGuess || headerGuess.confidence > unsure) return [];
  const option =
    headerLines > 0 ? '--set header=false loads it as a row' : '--set header=true takes it for names';
  return [
    { says: `header, ${Math.round(headerGuess.confidence * 100)} % sure: ${headerGuess.evidence}`, option },
  ];
}

/** Programs other than Excel may write formulas without what comes out of them. */
const unstored = ({ unstored: rows }: SheetTable): OpenNote[] =>
  rows === 0
    ? []
    : [
        {
          says: `${counted(rows, 'row')} ${rows === 1 ? 'has a formula' : 'have formulas'} without a stored value: open the workbook in Excel or LibreOffice and save it, and they are there`,
          option: '--set errors=null leaves such cells empty',
        },
      ];

/** What is hidden in a workbook is loaded all the same. */
function hidden({ hiddenRows, hiddenColumns }: SheetSeen): OpenNote[] {
  const parts = [
    ...(hiddenRows > 0 ? [counted(hiddenRows, 'hidden row')] : []),
    ...(hiddenColumns > 0 ? [counted(hiddenColumns, 'hidden column')] : []),
  ];
  return parts.length === 0 ? [] : [{ says: `${parts.join(' and ')} of the sheet loaded as well` }];
}

/** What else the workbook holds that shows. */
function otherSheets({ filled }: Workbook, { sheet }: ExcelSettings): OpenNote[] {
  const others = filled.filter((one) => one.name !== sheet.name).map(({ name }) => name);
  const shown = others.slice(0, 5).map((name) => `“${name}”`);
  const more = others.length > shown.length ? ` and ${others.length - shown.length} more` : '';
  if (others.length === 0) return [];
  return [
    {
      says: `the sheet “${sheet.name}” was read, not ${shown.join(', ')}${more}`,
      option: `--sheet '${others[0]}' reads another`,
    },
  ];
}

/** What may be no row under the table, and how to leave it out. */
function rowsUnder(table: SheetTable, { range }: ExcelSettings): OpenNote[] {
  const under = table.under();
  if (!under) return [];
  const left = range === '' ? 1 : parseRange(range).left;
  const [first, last] = under.rows;
  const cells = `${columnLetters(left)}${first}:${columnLetters(left + table.width - 1)}${last}`;
  const shown = under.texts
    .map((text) => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`)
    .join(', ');
  const [are, them] = under.texts.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return [
    {
      says: `${shown} under the table ${are} loaded as the file has ${them}`,
      option: `--range ${cells} leaves ${them} out`,
    },
  ];
}
