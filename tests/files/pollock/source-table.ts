/** The clean table that is polluted: names, days, times, numbers, money, codes, short and long texts, links, an empty column. */
export const names = [
  'DATE',
  'TIME',
  'Qty',
  'PRODUCTID',
  'Price',
  'ProductType',
  'ProductDescription',
  'URL',
  'Comments',
];

const types = [
  "Men's Hiking Boots",
  'Running Jacket',
  'Throw Pillow, Wooden Paddles',
  'Dining Table, Round 48"',
  'Kids\' Boxer, 5" Inseam',
  'Field Watch',
  'Linen Shirt, Slightly Fitted',
];

const descriptions = [
  'These waterproof boots are rugged enough for peak performance, yet light and quick.',
  "The next level of weather protection. From running to walking the dog, it won't let you down.",
  'Add a pop of colour to your bed, chair or sofa with this whimsical pillow.',
  'Made to our exacting standards, this table is durable enough for the whole year.',
  'Crisp action and a light feel in our 8\'9" length fly rod, designed for her.',
  'Tough suspenders are made to hold up heavy wool pants without stretching in any way.',
];

const two = (number: number) => String(number).padStart(2, '0');
const codes = ['MG', 'RI', 'CC', 'YY', 'BH', 'HK', 'AN'];

/** Forty rows, always the same. */
export const rows: readonly (readonly string[])[] = Array.from({ length: 40 }, (_, at) => {
  const code = `${codes[at % 7]}-${1000 + ((at * 2357) % 9000)}`;
  return [
    `${two(13 + (at % 15))}/${two(1 + (at % 7))}/2018`,
    `${two(at % 24)}:${two((at * 15) % 60)}`,
    String((at * 7) % 34),
    code,
    `$${(((at * 997) % 9000) / 100 + 0.5).toFixed(2)}`,
    types[at % types.length] as string,
    descriptions[at % descriptions.length] as string,
    `https://www.example.com/product/${code.replace('-', '_')}.html`,
    '',
  ];
});
