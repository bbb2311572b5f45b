import AdmZip from 'adm-zip';

const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook of these sheets: the inside of `<worksheet>` by name. */
export function workbook(
  sheets: Readonly<Record<string, string>>,
  more: { date1904?: boolean; texts?: string[] } = {},
): Buffer {
  const zip = new AdmZip();
  const add = (name: string, xml: string) =>
    zip.addFile(name, Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`));
  const names = Object.keys(sheets);
  add('[Content_Types].xml', '<Types/>');
  add(
    'xl/workbook.xml',
    `<workbook xmlns:r="${relationships}">${more.date1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${names
      .map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
      .join('')}</sheets></workbook>`,
  );
  add(
    'xl/_rels/workbook.xml.rels',
    `<Relationships>${names
      .map(
        (_, at) =>
          `<Relationship Id="rId${at + 1}" Type="${relationships}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
      )
      .join('')}</Relationships>`,
  );
  // Styles: 0 general, 1 date, 2 date and time, 3 money, 4 time, 5 duration, 6 a month.
  add(
    'xl/styles.xml',
    `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/><numFmt numFmtId="165" formatCode="#,##0.00\\ [$€-407]"/>
    <numFmt numFmtId="166" formatCode="[h]:mm:ss"/><numFmt numFmtId="167" formatCode="mmmm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs>${[0, 14, 164, 165, 21, 166, 167].map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`,
  );
  if (more.texts)
    add('xl/sharedStrings.xml', `<sst>${more.texts.map((text) => `<si>${text}</si>`).join('')}</sst>`);
  names.forEach((name, at) => {
    add(`xl/worksheets/sheet${at + 1}.xml`, `<worksheet>${sheets[name]}</worksheet>`);
  });
  return zip.toBuffer();
}
