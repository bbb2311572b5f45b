import { SaxesParser } from 'saxes';
import { problem } from '../../../../../shared/problem.ts';
import type { Source } from '../../source/source.ts';
import { openMember, readMembers } from '../../source/zip-members.ts';

/** A sheet of a workbook: its name, and its part in the archive. */
export interface Sheet {
  readonly name: string;
  readonly part: string;
  readonly hidden: boolean;
}

/** What a workbook says of itself, apart from its cells. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
  /** Of several sheets, those that show and hold anything. */
  readonly filled: readonly Sheet[];
  /** Days are counted from 1904 instead of 1900. */
  readonly from1904: boolean;
  readonly parts: ReadonlySet<string>;
}

type Attributes = Readonly<Record<string, string>>;

/** Takes what an XML part holds, as it comes; names are without their prefix. */
export interface XmlTaker {
  readonly open?: (name: string, attributes: Attributes) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

const plainName = (name: string) => name.slice(name.indexOf(':') + 1);

/** Reads an XML part of the workbook piece by piece; stops where `enough` says so. */
export async function readXml(
  { path, name }: Source,
  part: string,
  taker: XmlTaker,
  enough: () => boolean | Promise<boolean> = () => false,
): Promise<void> {
  const parser = new SaxesParser({ xmlns: false });
  const decoder = new TextDecoder();
  parser.on('opentag', (tag) => taker.open?.(plainName(tag.name), tag.attributes as Attributes));
  parser.on('closetag', (tag) => taker.close?.(plainName(tag.name)));
  parser.on('text', (text) => taker.text?.(text));
  parser.on('cdata', (text) => taker.text?.(text));
  parser.on('error', (thrown) => {
    throw problem('bad_input', `${name} is damaged: ${part} is not valid XML (${thrown.message}).`, {
      hint: 'Open it in the program that made it, and save it again.',
      at: { file: path },
    });
  });
  for await (const piece of openMember(path, part)) {
    parser.write(decoder.decode(piece, { stream: true }));
    if (await enough()) return;
  }
  parser.close();
}

/** Reads which sheets a workbook has. */
export async function readWorkbook(source: Source): Promise<Workbook> {
  const { all } = await readMembers(source.path);
  const parts = new Set(all);
  const main = 'xl/workbook.xml';
  if (!parts.has(main)) throw notAWorkbook(source);
  const found: { name: string; id: string; hidden: boolean }[] = [];
  let from1904 = false;
  await readXml(source, main, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true', 'on'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const id =
        Object.entries(attributes).find(([key]) => plainName(key) === 'id' && key !== 'id')?.[1] ?? '';
      found.push({
        name: attributes['name'] ?? '',
        id,
        hidden: (attributes['state'] ?? 'visible') !== 'visible',
      });
    },
  });
  const targets = await readTargets(source, parts);
  const sheets = found.flatMap(({ name, id, hidden }) => {
    const part = targets.get(id);
    return part && parts.has(part) ? [{ name, part, hidden }] : [];
  });
  return { sheets, filled: [], from1904, parts };
}

/** The worksheets by their relation's id; charts and dialogs are no tables. */
async function readTargets(source: Source, parts: ReadonlySet<string>): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  const relations = 'xl/_rels/workbook.xml.rels';
  if (!parts.has(relations)) return targets;
  await readXml(source, relations, {
    open: (name, { Id = '', Target = '', Type = '' }) => {
      if (name !== 'Relationship' || !Type.endsWith('/worksheet')) return;
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  return targets;
}

const notAWorkbook = ({ name, path }: Source) =>
  problem('bad_input', `${name} is not an Excel workbook (.xlsx): it has no xl/workbook.xml.`, {
    hint: 'Workbooks of the binary kinds (.xls, .xlsb) and of other programs (.ods) must be saved as .xlsx first.',
    at: { file: path },
  });
