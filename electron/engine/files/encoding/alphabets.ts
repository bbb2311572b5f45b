const both = (letters: string) => new Set(letters + letters.toUpperCase());

/** An encoding with one byte a character, and the letters beyond ASCII that its languages use. */
export interface Alphabet {
  readonly encoding: string;
  readonly letters: ReadonlySet<string>;
  /** The letters of each of its languages, where a text of one has few of another's. */
  readonly languages?: readonly ReadonlySet<string>[];
  /** How readily it is believed. */
  readonly prior: number;
}

const western = both('éèêëàâäáãåçñóòôöõøíìîïúùûüßæœðþý');
const central = both('ąćęłńóśźżáäčďéěíňôŕřšťúůýžöüőűăâîşţđľĺë');
const baltic = both('āčēģīķļņšūžąęėįųõäöü');
const turkish = new Set('çğıöşüâîûÇĞİÖŞÜ');
const russian = both('абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ');
const greek = both('αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ');
const hebrew = new Set('אבגדהוזחטיכלמנסעפצקרשתךםןףץ');
const arabic = new Set('ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ');
const thai = new Set(Array.from({ length: 0x5b }, (_, at) => String.fromCharCode(0x0e01 + at)));

const westernLanguages = [
  'äöüß',
  'éèêëàâçîïôùûüœæ',
  'áéíóúñüç',
  'áàâãçéêíóôõúü',
  'àèéìíîòóùú',
  'åäöéüæø',
  'áéíóúýðþæö',
  'áéíóúèàëïöü',
].map(both);
const centralLanguages = ['ąćęłńóśźż', 'áäčďéěíĺľňóôŕřšťúůýž', 'áéíóöőúüű', 'ăâîşţ', 'čćđšž', 'äöüß'].map(
  both,
);

/** Encodings in which whole languages are written with one byte a character. */
export const alphabets: readonly Alphabet[] = [
  { encoding: 'windows-1252', letters: western, languages: westernLanguages, prior: 1 },
  { encoding: 'windows-1250', letters: central, languages: centralLanguages, prior: 0.96 },
  { encoding: 'iso-8859-2', letters: central, languages: centralLanguages, prior: 0.95 },
  { encoding: 'windows-1251', letters: russian, prior: 0.97 },
  { encoding: 'koi8-r', letters: russian, prior: 0.96 },
  { encoding: 'koi8-u', letters: russian, prior: 0.95 },
  { encoding: 'ibm866', letters: russian, prior: 0.94 },
  { encoding: 'iso-8859-5', letters: russian, prior: 0.93 },
  { encoding: 'windows-1253', letters: greek, prior: 0.97 },
  { encoding: 'iso-8859-7', letters: greek, prior: 0.96 },
  { encoding: 'windows-1254', letters: turkish, prior: 0.96 },
  { encoding: 'windows-1257', letters: baltic, prior: 0.9 },
  { encoding: 'windows-1255', letters: hebrew, prior: 0.96 },
  { encoding: 'windows-1256', letters: arabic, prior: 0.96 },
  { encoding: 'windows-874', letters: thai, prior: 0.96 },
  { encoding: 'iso-8859-15', letters: new Set([...western, '€']), languages: westernLanguages, prior: 0.95 },
  { encoding: 'macintosh', letters: western, languages: westernLanguages, prior: 0.9 },
  { encoding: 'cp850', letters: western, languages: westernLanguages, prior: 0.91 },
  { encoding: 'cp437', letters: western, languages: westernLanguages, prior: 0.89 },
  { encoding: 'cp852', letters: central, languages: centralLanguages, prior: 0.9 },
];

/** An encoding with two bytes a character, and where in it the usual characters stand. */
export interface DoubleByte {
  readonly encoding: string;
  /** Higher where the usual characters take less room: to fall into it by chance is less likely. */
  readonly prior: number;
  isUsual(lead: number, trail: number): boolean;
  /** Characters that are rarer, but stand in most texts. */
  isSeldom?(lead: number, trail: number): boolean;
}

const within = (byte: number, from: number, to: number) => byte >= from && byte <= to;

/** Encodings of Chinese, Japanese and Korean. */
export const doubleBytes: readonly DoubleByte[] = [
  {
    encoding: 'shift_jis',
    prior: 1.03,
    isUsual: (lead) => within(lead, 0x81, 0x83) || within(lead, 0x88, 0x97),
  },
  {
    encoding: 'euc-jp',
    prior: 1.02,
    isUsual: (lead) => [0xa1, 0xa4, 0xa5].includes(lead) || within(lead, 0xb0, 0xcf),
  },
  {
    encoding: 'gb18030',
    prior: 1.01,
    isUsual: (lead, trail) => (within(lead, 0xb0, 0xd7) || within(lead, 0xa1, 0xa3)) && trail >= 0xa1,
    isSeldom: (lead, trail) => within(lead, 0xd8, 0xf7) && trail >= 0xa1,
  },
  { encoding: 'big5', prior: 1.02, isUsual: (lead) => within(lead, 0xa4, 0xc6) || lead === 0xa1 },
  { encoding: 'euc-kr', prior: 1.04, isUsual: (lead, trail) => within(lead, 0xb0, 0xc8) && trail >= 0xa1 },
];
