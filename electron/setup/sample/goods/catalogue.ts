/** What the shop sells: [noun, usual price in whole units, usual weight in grams]. */
export interface Category {
  readonly name: string;
  readonly styles: readonly string[];
  readonly nouns: readonly (readonly [noun: string, price: number, grams: number])[];
}

export const catalogue: readonly Category[] = [
  {
    name: 'kitchen',
    styles: ['Enamel', 'Cast-Iron', 'Oak', 'Copper', 'Stoneware', 'Café', 'Nordic', 'Everyday'],
    nouns: [
      ['kettle', 59, 1200],
      ['frying pan', 48, 1900],
      ['teapot', 36, 900],
      ['cutting board', 29, 1400],
      ['coffee grinder', 74, 1600],
      ['salad bowl', 33, 800],
      ['bread knife', 41, 260],
      ['casserole', 96, 4200],
    ],
  },
  {
    name: 'home',
    styles: ['Linen', 'Woven', 'Fjord', 'Walnut', 'Brass', 'Soft', 'Lumière', 'Harbour'],
    nouns: [
      ['table lamp', 68, 1700],
      ['wool blanket', 89, 1300],
      ['floor cushion', 45, 1500],
      ['wall clock', 39, 700],
      ['picture frame', 19, 500],
      ['candle', 16, 300],
      ['duvet cover', 72, 1100],
      ['doormat', 27, 1600],
    ],
  },
  {
    name: 'outdoor',
    styles: ['Trail', 'Ridge', 'Summit', 'Lakeside', 'Nomad', 'Storm', 'Basecamp', 'Feather'],
    nouns: [
      ['tent', 189, 2900],
      ['sleeping bag', 112, 1400],
      ['backpack', 94, 1200],
      ['water bottle', 24, 250],
      ['camping stove', 58, 450],
      ['headlamp', 34, 110],
      ['hammock', 47, 600],
      ['folding chair', 52, 2600],
    ],
  },
  {
    name: 'apparel',
    styles: ['Merino', 'Organic', 'Quilted', 'Vintage', 'Alpine', 'Relaxed', 'Brushed', 'Coastal'],
    nouns: [
      ['jacket', 128, 800],
      ['hoodie', 62, 550],
      ['cardigan', 74, 420],
      ['rain coat', 98, 620],
      ['shirt', 46, 240],
      ['dress', 79, 330],
      ['vest', 55, 300],
      ['jumper', 69, 480],
    ],
  },
  {
    name: 'electronics',
    styles: ['Pulse', 'Arc', 'Mini', 'Studio', 'Aero', 'Quiet', 'Nova', 'Compact'],
    nouns: [
      ['speaker', 84, 640],
      ['desk fan', 49, 1500],
      ['alarm clock', 32, 300],
      ['power bank', 38, 340],
      ['wireless charger', 29, 150],
      ['headset', 92, 260],
      ['kitchen scale', 26, 520],
      ['air purifier', 159, 4100],
    ],
  },
  {
    name: 'stationery',
    styles: ['Dotted', 'Pocket', 'Kraft', 'Cotton', 'Atelier', 'Daily', 'Clothbound', 'Ink & Co'],
    nouns: [
      ['notebook', 14, 280],
      ['fountain pen', 43, 40],
      ['desk organiser', 31, 900],
      ['wall calendar', 18, 350],
      ['pencil case', 17, 120],
      ['sketchbook', 21, 460],
    ],
  },
  {
    name: 'toys',
    styles: ['Wooden', 'Little Bear', 'Rainbow', 'Explorer', 'Tiny', 'Meadow', 'Clever', 'Piñata'],
    nouns: [
      ['train set', 54, 1800],
      ['puzzle', 19, 600],
      ['building kit', 44, 1300],
      ['plush rabbit', 23, 220],
      ['board game', 36, 1100],
      ['kite', 28, 310],
    ],
  },
  {
    name: 'bath',
    styles: ['Cotton', 'Bamboo', 'Waffle', 'Hammam', 'Pebble', 'Cloud', 'Marble', 'Spa'],
    nouns: [
      ['bath towel', 28, 600],
      ['bathrobe', 76, 1200],
      ['soap dispenser', 22, 480],
      ['shower curtain', 34, 700],
      ['laundry basket', 42, 1500],
      ['bath mat', 25, 850],
    ],
  },
  {
    name: 'garden',
    styles: ['Terracotta', 'Zinc', 'Cottage', 'Rosé', 'Evergreen', 'Sunny', 'Forged', 'Hedgerow'],
    nouns: [
      ['watering can', 31, 900],
      ['planter', 38, 3200],
      ['pruning shear', 27, 260],
      ['lantern', 33, 800],
      ['bird feeder', 24, 700],
      ['garden bench', 219, 9800],
    ],
  },
];
