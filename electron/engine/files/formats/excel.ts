import { join } from 'node:path';
import { problem, stopIfCancelled } from '../../../../shared/problem.ts';
import { readHead } from '../source/read-head.ts';
import type { Source } from '../source/source.ts';
import { defineFormat, type ReadRequest, type ReadTable, type Surroundings } from '../table/define-format.ts';
import { noneSkipped } from '../table/file-table.ts';
import { locateRows } from '../table/locate-rows.ts';
import { ScratchTable } from '../table/scratch-table.ts';
import { type Cell, cellOf } from './excel/cell-values.ts';
import { readMeanings } from './excel/number-formats.ts';
import { type CellRange, parseRange, wholeSheet } from './excel/range.ts';
import { hasCells, readMerged, readSheet, type SheetRow, type SheetSeen } from './excel/read-sheet.ts';
import { type ExcelSettings, settingsOf, settingsShown } from './excel/settings.ts';
import { readSharedTexts } from './excel/shared-texts.ts';
import { sheetNotes } from './excel/sheet-notes.ts';
import { SheetTable } from './excel/sheet-table.ts';
import { readWorkbook, type Sheet, type Workbook } from './excel/workbook.ts';

const zipMark = 'PK\x03\x04';
const compoundMark = '\xd0\xcf\x11\xe0';
/** What a quick look reads. */
const quickRows = 5000;

export default defineFormat({
  title: 'Excel workbook',
  recognises: (head) => ([zipMark, compoundMark].includes(head.toString('latin1', 0, 4)) ? 0.9 : 0),
  read: readExcel,
});

async function readExcel(source: Source, request: ReadRequest, around: Surroundings): Promise<ReadTable> {
  await refuseCompound(source);
  const workbook = await withCells(source, await readWorkbook(source));
  const settings = settingsOf(workbook, request.settings, source);
  const rows = await ScratchTable.create(join(around.scratch, 'sheet.csv'));
  const table = new SheetTable({
    rows,
    header: settings.header,
    errorsAsNull: settings.errors === 'null',
    fixed: settings.range !== '',
  });
  let ended = true;
  const onPiece = async () => {
    stopIfCancelled(around.signal);
    around.progress?.({ title: `Reading ${settings.sheet.name}`, done: table.physical, unit: 'rows' });
    await rows.flush();
    if (table.bad.length > 0) await around.onBad(table.bad.splice(0));
    ended = request.upTo === undefined || table.physical < quickRows;
    return !ended;
  };
  let seen: SheetSeen;
  try {
    seen = await fill(source, workbook, settings, table, onPiece);
    table.begin();
    await around.onBad(table.bad.splice(0));
  } finally {
    await rows.close();
  }
  refuseBlank(source, settings, table);
  return tableOf(workbook, settings, table, rows, { seen, ended, around });
}

/** Old workbooks and protected ones are kept in the same sort of container. */
async function refuseCompound({ path, name }: Source): Promise<void> {
  const head = await readHead(path, 1 << 20);
  if (head.toString('latin1', 0, 4) !== compoundMark) return;
  const locked = head.includes(Buffer.from('EncryptedPackage', 'utf16le'));
  throw problem(
    'bad_input',
    locked ? `${name} is protected by a password.` : `${name} is a workbook of the old kind (.xls).`,
    {
      hint: locked
        ? 'Open it in Excel with its password, and save it without.'
        : 'Open it in Excel, and save it as .xlsx.',
      at: { file: path },
    },
  );
}

/** A sheet without a cell has nothing to import. */
function refuseBlank({ name, path }: Source, { sheet, range }: ExcelSettings, table: SheetTable): void {
  if (table.physical - table.blank > 0) return;
  const where =
    range === '' ? `The sheet “${sheet.name}”` : `The range ${range} of the sheet “${sheet.name}”`;
  throw problem('bad_input', `${where} of ${name} has no cells with values: there is nothing to import.`, {
    hint: 'Choose another sheet or range, or save the workbook again with what it should hold.',
    at: { file: path },
  });
}

/** The sheets that show and hold anything; the first of them is read where none is chosen. */
async function withCells(source: Source, workbook: Workbook): Promise<Workbook> {
  const shown = workbook.sheets.filter(({ hidden }) => !hidden);
  const filled: Sheet[] = [];
  if (shown.length > 1) for (const sheet of shown) if (await hasCells(source, sheet.part)) filled.push(sheet);
  return { ...workbook, filled };
}

async function fill(
  source: Source,
  workbook: Workbook,
  { sheet, range: written, merged: filled }: ExcelSettings,
  table: SheetTable,
  onPiece: () => Promise<boolean>,
): Promise<SheetSeen> {
  const range = written === '' ? wholeSheet : parseRange(written);
  const { from1904 } = workbook;
  const book = {
    texts: await readSharedTexts(source, workbook),
    meanings: await readMeanings(source, workbook),
    from1904,
  };
  const spread = new Spread(filled === 'fill' ? await readMerged(source, sheet.part) : []);
  return readSheet({ source, part: sheet.part, range, onPiece }, ({ number, cells }: SheetRow) => {
    const values: (Cell | undefined)[] = [];
    for (const raw of cells) values[raw.column - range.left] = cellOf(raw, book);
    table.add({ number, cells: spread.over(Array.from(values), number, range.left) });
  });
}

/** Gives the value of a merged area to all of its cells. */
class Spread {
  readonly #areas: readonly CellRange[];
  readonly #values = new Map<CellRange, Cell | undefined>();

  constructor(areas: readonly CellRange[]) {
    this.#areas = areas;
  }

  over(cells: (Cell | undefined)[], row: number, left: number): (Cell | undefined)[] {
    for (const area of this.#areas) {
      if (row < area.top || row > area.bottom || area.left < left) continue;
      if (row === area.top) this.#values.set(area, cells[area.left - left]);
      for (let column = area.left; column <= area.right; column++)
        cells[column - left] = this.#values.get(area);
    }
    return Array.from(cells);
  }
}

interface Outcome {
  readonly seen: SheetSeen;
  readonly ended: boolean;
  readonly around: Surroundings;
}

function tableOf(
  workbook: Workbook,
  settings: ExcelSettings,
  table: SheetTable,
  rows: ScratchTable,
  { seen, ended, around }: Outcome,
): ReadTable {
  const { names, known, relation } = table.described();
  const { sheet } = settings;
  const { merged } = seen;
  const said =
    merged > 0
      ? `; ${merged} merged areas, ${settings.merged === 'fill' ? 'their value in every cell' : 'their value in the first cell'}`
      : '';
  return {
    format: {
      confidence: settings.header === undefined ? 0.95 : 1,
      evidence: `Excel workbook, sheet ${sheet.name}${workbook.sheets.length > 1 ? `, one of ${workbook.sheets.length}` : ''}${workbook.from1904 ? ', days counted from 1904' : ''}${said}`,
      open: sheetNotes(workbook, settings, table, { seen, ended }),
      ...(table.leftOut.length > 0 ? { leftOut: table.leftOut } : {}),
      settings: settingsShown(workbook, settings, table.headerLines > 0),
    },
    dialect: null,
    names,
    known,
    relation,
    counts: {
      physical: table.physical,
      good: rows.rows,
      bad: table.badCount,
      skippedBy: {
        ...noneSkipped,
        blank: table.blank,
        preamble: table.preamble,
        header: table.headerLines,
      },
    },
    complete: ended,
    async locate(ordinals) {
      const places = await rows.places(around.duck, ordinals);
      const lines = new Map(ordinals.map((ordinal, at) => [ordinal, places[at]?.line ?? 0]));
      return locateRows(around.duck, relation, ordinals, (ordinal) => lines.get(ordinal) ?? 0);
    },
  };
}
