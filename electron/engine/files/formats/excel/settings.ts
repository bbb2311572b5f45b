import type { FormatSetting, SettingValue } from '../../../../../shared/contract/formats.ts';
import { problem } from '../../../../../shared/problem.ts';
import type { Source } from '../../source/source.ts';
import type { Sheet, Workbook } from './workbook.ts';

/** How a workbook is read. */
export interface ExcelSettings {
  readonly sheet: Sheet;
  /** As Excel writes it; empty for the whole sheet. */
  readonly range: string;
  /** Undefined: as the first rows look. */
  readonly header: boolean | undefined;
  readonly errors: 'reject' | 'null';
  readonly merged: 'first' | 'fill';
}

/** What a person chose, the rest as usual: the first sheet that is not hidden. */
export function settingsOf(
  { sheets, filled }: Workbook,
  chosen: Readonly<Record<string, SettingValue>> = {},
  { name, path }: Source,
): ExcelSettings {
  const wanted = chosen['sheet'];
  const usual = filled[0] ?? sheets.find(({ hidden }) => !hidden) ?? sheets[0];
  const sheet =
    wanted === undefined
      ? usual
      : sheets.find((one, at) => one.name === wanted || String(at + 1) === String(wanted));
  if (!sheet) {
    const said =
      wanted === undefined ? `${name} has no sheet with cells.` : `${name} has no sheet “${wanted}”.`;
    throw problem('not_found', said, {
      hint: `It has: ${sheets.map((one) => one.name).join(', ')}.`,
      at: { file: path },
    });
  }
  const header = chosen['header'];
  return {
    sheet,
    range: String(chosen['range'] ?? ''),
    header: header === undefined ? undefined : header === true || header === 'true',
    errors: chosen['errors'] === 'null' ? 'null' : 'reject',
    merged: chosen['merged'] === 'fill' ? 'fill' : 'first',
  };
}

/** The settings as a form shows them. */
export const settingsShown = (
  { sheets }: Workbook,
  settings: ExcelSettings,
  header: boolean,
): FormatSetting[] => [
  {
    key: 'sheet',
    label: 'Sheet',
    help: '',
    value: settings.sheet.name,
    options: sheets.map(({ name, hidden }) => ({ value: name, label: hidden ? `${name} (hidden)` : name })),
  },
  {
    key: 'range',
    label: 'Range',
    help: 'B3:F100, or B3 for all from there on. Empty: all.',
    value: settings.range,
  },
  {
    key: 'header',
    label: 'First row names the columns',
    help: '',
    value: header,
  },
  {
    key: 'errors',
    label: 'Errors such as #N/A',
    help: '',
    value: settings.errors,
    options: [
      { value: 'reject', label: 'reject the row' },
      { value: 'null', label: 'leave the cell empty' },
    ],
  },
  {
    key: 'merged',
    label: 'Merged cells',
    help: '',
    value: settings.merged,
    options: [
      { value: 'first', label: 'value in the first' },
      { value: 'fill', label: 'value in all' },
    ],
  },
];
