import { type Column, userColumns } from '../../shared/column.ts';
import type { ComboboxOption } from '../ui/combobox.tsx';
import { TypeGlyph } from '../ui/type-glyph.tsx';

/** Columns as a combobox offers them, with their type. */
export const columnOptions = (columns: readonly Column[]): readonly ComboboxOption[] =>
  userColumns(columns).map(({ name, type }) => ({
    value: name,
    label: name,
    aside: type,
    icon: <TypeGlyph type={type} />,
  }));
