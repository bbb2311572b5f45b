import { type Data, type DataType, type Field, Type } from 'apache-arrow';
import { distinctNames } from '../../../../../shared/column-names.ts';
import { type ArrowValues, eachValid, plainValues, type ReadRow } from './arrow-values.ts';
import type { ColumnTally } from './column-tally.ts';
import { mapText } from './map-text.ts';

/** How values of any of Arrow's types come to PostgreSQL: nested ones as arrays or jsonb. */
export function arrowValues(type: DataType, tally: ColumnTally): ArrowValues {
  const { typeId } = type;
  if (typeId === Type.Dictionary)
    return dictionary((type as DataType & { dictionary: DataType }).dictionary, tally);
  if (isList(type)) return list(type, tally);
  if (typeId === Type.Struct) return struct(type, tally);
  if (typeId === Type.Map) return map(type, tally);
  return plainValues(type, tally);
}

const isList = ({ typeId }: DataType) => [Type.List, Type.LargeList, Type.FixedSizeList].includes(typeId);

/** Types that are not nested say null. */
const childrenOf = (type: DataType): readonly Field[] =>
  (type as { readonly children?: readonly Field[] | null }).children ?? [];

const nested = (open: ArrowValues['open'], loses?: string | undefined): ArrowValues => ({
  type: 'jsonb',
  bare: true,
  loses,
  open,
});

/** As JSON: numbers with every digit, moments and bytes as texts, and so are numbers that JSON has no like of. */
function inJson({ type, bare }: ArrowValues, read: ReadRow): (row: number) => string {
  const isNested = type === 'jsonb' || type.endsWith('[]');
  return (row) => {
    const text = read(row);
    if (text === null) return 'null';
    return isNested || (bare && /^(-?\d|true$|false$)/.test(text)) ? text : JSON.stringify(text);
  };
}

/** Where a dictionary's values stand that rows point at. */
function dictionary(type: DataType, tally: ColumnTally): ArrowValues {
  const values = arrowValues(type, tally);
  return {
    ...values,
    open: (data) => {
      let end = 0;
      const chunks = (data.dictionary?.data ?? []).map((chunk) => {
        const start = end;
        end += chunk.length;
        return { start, end, read: values.open(chunk) };
      });
      const indices = data.values as ArrayLike<number | bigint>;
      return (row) => {
        if (!data.getValid(row)) return null;
        const index = Number(indices[row]);
        const chunk = chunks.find((one) => index < one.end);
        return chunk ? chunk.read(index - chunk.start) : null;
      };
    },
  };
}

/** Where the elements of a row's list begin and end. */
function bounds(data: Data): (row: number) => readonly [number, number] {
  if (data.type.typeId === Type.FixedSizeList) {
    const { listSize } = data.type as DataType & { listSize: number };
    return (row) => [row * listSize, (row + 1) * listSize];
  }
  const offsets = data.valueOffsets as ArrayLike<number | bigint>;
  return (row) => [Number(offsets[row]), Number(offsets[row + 1])];
}

const listed = /^(smallint|integer|bigint|numeric|real|double precision|boolean|text|date|time)(?!.*\[)/;

/** Lists of plain values are arrays; they are written as JSON until they are copied. */
function list(type: DataType, tally: ColumnTally): ArrowValues {
  const [child] = childrenOf(type);
  const element = arrowValues((child as Field).type, tally);
  const open = (data: Data) => {
    const [items] = data.children as [Data];
    const write = inJson(element, element.open(items));
    const span = bounds(data);
    return eachValid(data, (row) => {
      const [start, end] = span(row);
      return `[${Array.from({ length: end - start }, (_, at) => write(start + at)).join(',')}]`;
    });
  };
  if (!listed.test(element.type)) return nested(open, element.loses);
  return { type: `${element.type}[]`, loses: element.loses, open };
}

function struct(type: DataType, tally: ColumnTally): ArrowValues {
  const fields = childrenOf(type);
  const given = fields.map(({ name }) => name);
  const names = distinctNames(given);
  const values = fields.map((field) => arrowValues(field.type, tally));
  const doubled = names.some((name, at) => name !== given[at])
    ? 'members of one name get a number, so that none is lost'
    : undefined;
  const open = (data: Data) => {
    const writes = values.map((value, at) => inJson(value, value.open(data.children[at] as Data)));
    return eachValid(
      data,
      (row) => `{${writes.map((write, at) => `${JSON.stringify(names[at])}:${write(row)}`).join(',')}}`,
    );
  };
  return nested(open, doubled ?? values.find(({ loses }) => loses)?.loses);
}

/** A map's entries are structs of a key and a value. */
function map(type: DataType, tally: ColumnTally): ArrowValues {
  const [entries] = childrenOf(type);
  const [key, held] = childrenOf((entries as Field).type).map((field) => arrowValues(field.type, tally)) as [
    ArrowValues,
    ArrowValues,
  ];
  const open = (data: Data) => {
    const [keys, members] = (data.children[0] as Data).children as [Data, Data];
    const name = key.open(keys);
    const write = inJson(held, held.open(members));
    const span = bounds(data);
    return eachValid(data, (row) => {
      const [start, end] = span(row);
      const found = Array.from(
        { length: end - start },
        (_, at) => [name(start + at) ?? '', write(start + at)] as const,
      );
      return mapText(found, tally);
    });
  };
  return nested(open, held.loses);
}
