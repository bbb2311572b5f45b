const words = (text: string) => text.trim().split(/\s+/);

/** First and last names by language. */
export const names: Readonly<
  Record<string, { readonly first: readonly string[]; readonly last: readonly string[] }>
> = {
  german: {
    first: words(
      'Anna Lukas Jürgen Katrin Felix Sophie Jörg Greta Moritz Hannah Björn Lea Matthias Ute Emil Käthe Jonas Birgit Paul Marlene',
    ),
    last: words(
      'Müller Schröder Weiß Krüger Hoffmann Böhm Wagner Großmann Keller Vogel Jäger Lindner Schäfer Brandt Köhler Peters Ziegler Haas Franke Kühn',
    ),
  },
  english: {
    first: words(
      'Olivia James Amelia Noah Grace Ethan Ruby Oliver Chloe Daniel Priya Marcus Hannah Tyrone Megan Aisha Samuel Zoe Patrick Naomi',
    ),
    last: words(
      "Smith O'Connor Walker Patel Harris Okafor Bennett Clarke Nguyen Robinson Mitchell Brooks Reyes Turner Hughes Kaur Foster Doyle Ramirez Whitfield",
    ),
  },
  french: {
    first: words(
      'Élodie Théo Camille François Inès Hélène Mathieu Chloé Jérôme Manon Raphaël Noémie Loïc Aurélie',
    ),
    last: words(
      'Lefèvre Dubois Garçon Moreau Chevallier Béranger Rousseau Petit Léger Fournier Gauthier Noël Marchand Aubert',
    ),
  },
  spanish: {
    first: words('Lucía Álvaro Sofía Íñigo Carmen Andrés Paula Martín Begoña Nicolás Marta Jesús'),
    last: words('Núñez García Peña Gómez Ibáñez Romero Muñoz Vázquez Ortega Cordón Sáez Delgado'),
  },
  italian: {
    first: words('Giulia Niccolò Chiara Matteo Alessia Davide Francesca Lorenzo Elena Tommaso'),
    last: words("Rossi D'Angelo Esposito Ricci Marchetti Galli Conti Fabbri De-Luca Bianchi"),
  },
  dutch: {
    first: words('Daan Sanne Thijs Femke Joris Maaike Bram Noor Willem Lotte'),
    last: words('Jansen Bakker Visser Smit Meijer Mulder Dekker Vermeulen Hoekstra Brouwer'),
  },
  nordic: {
    first: words('Åsa Björn Elin Søren Märta Oskar Linnea Håkan Freja Mikael'),
    last: words('Öberg Lindqvist Sjögren Ångström Nyström Bergström Hansen Holmgren Ekström Dahl'),
  },
  polish: {
    first: words('Łukasz Zofia Michał Agnieszka Paweł Małgorzata Tomasz Żaneta Jakub Kasia'),
    last: words('Wójcik Kowalczyk Dąbrowski Zając Szczepański Król Wróbel Gołębiewski Pawlak Sikora'),
  },
  portuguese: {
    first: words('João Inês Gonçalo Beatriz Tomás Conceição Rafael Luísa Antônio Mariana'),
    last: words('Araújo Simões Gonçalves Magalhães Ferreira Conceição Leitão Nogueira Brandão Teixeira'),
  },
};

/** Chinese names are written family name first and have a spelling in Latin letters for the e-mail. */
export const chinese = {
  last: [
    ['王', 'wang'],
    ['李', 'li'],
    ['张', 'zhang'],
    ['刘', 'liu'],
    ['陈', 'chen'],
    ['赵', 'zhao'],
    ['周', 'zhou'],
    ['吴', 'wu'],
  ],
  first: [
    ['伟', 'wei'],
    ['芳', 'fang'],
    ['秀英', 'xiuying'],
    ['敏', 'min'],
    ['静', 'jing'],
    ['建国', 'jianguo'],
    ['晓明', 'xiaoming'],
    ['丽华', 'lihua'],
    ['浩然', 'haoran'],
  ],
} as const;

export const emoji = ['🌻', '✨', '🐈', '🏔️', '🎧'] as const;

export const mailHosts: readonly (readonly [string, number])[] = [
  ['gmail.com', 34],
  ['outlook.com', 14],
  ['icloud.com', 9],
  ['yahoo.com', 7],
  ['proton.me', 5],
  ['posteo.de', 3],
  ['orange.fr', 3],
  ['example.org', 4],
  ['studio-nord.example', 2],
  ['harbour-school.example', 2],
];
