/** Where customers live, how their post codes and phone numbers look: # is any digit. Weights are shares of customers. */
export interface Country {
  readonly code: string;
  readonly weight: number;
  readonly names: string;
  readonly phone: string;
  readonly cities: readonly (readonly [city: string, postalCode: string])[];
}

const country = (
  code: string,
  weight: number,
  names: string,
  phone: string,
  cities: Country['cities'],
): Country => ({ code, weight, names, phone, cities });

export const countries: readonly Country[] = [
  country('DE', 24, 'german', '+49 15# ########', [
    ['Berlin', '10###'],
    ['München', '80###'],
    ['Köln', '50###'],
    ['Hamburg', '20###'],
    ['Leipzig', '041##'],
    ['Dresden', '010##'],
    ['Halle (Saale)', '061##'],
  ]),
  country('US', 17, 'english', '+1 (6##) ###-####', [
    ['Boston', '021##'],
    ['Newark', '071##'],
    ['Chicago', '606##'],
    ['Austin', '787##'],
    ['Portland', '972##'],
    ['Hartford', '061##'],
  ]),
  country('GB', 13, 'english', '+44 7### ######', [
    ['London', 'SE1# #AB'],
    ['Manchester', 'M1# #DW'],
    ['Bristol', 'BS# #TH'],
    ['Leeds', 'LS# #QP'],
  ]),
  country('FR', 11, 'french', '+33 6 ## ## ## ##', [
    ['Paris', '750##'],
    ['Nice', '06000'],
    ['Lyon', '690##'],
    ['Saint-Étienne', '42000'],
    ['Bourg-en-Bresse', '01000'],
  ]),
  country('ES', 7, 'spanish', '+34 6## ### ###', [
    ['Madrid', '280##'],
    ['Barcelona', '080##'],
    ['Málaga', '290##'],
    ['Alicante', '030##'],
  ]),
  country('IT', 6, 'italian', '+39 3## #######', [
    ['Roma', '001##'],
    ['Milano', '201##'],
    ['Cagliari', '091##'],
    ['Torino', '101##'],
  ]),
  country('NL', 5, 'dutch', '+31 6 ########', [
    ['Amsterdam', '10## XK'],
    ['Utrecht', '35## BV'],
    ['Groningen', '97## LC'],
  ]),
  country('SE', 4, 'nordic', '+46 7# ### ## ##', [
    ['Göteborg', '41# ##'],
    ['Malmö', '21# ##'],
    ['Stockholm', '11# ##'],
  ]),
  country('PL', 4, 'polish', '+48 6## ### ###', [
    ['Łódź', '90-###'],
    ['Kraków', '30-###'],
    ['Warszawa', '00-###'],
  ]),
  country('CN', 3, 'chinese', '+86 138 #### ####', [
    ['上海', '2000##'],
    ['北京', '1000##'],
    ['成都', '6100##'],
  ]),
  country('BR', 3, 'portuguese', '+55 11 9####-####', [
    ['São Paulo', '01###-0##'],
    ['Recife', '50###-0##'],
  ]),
  country('PT', 2, 'portuguese', '+351 91# ### ###', [
    ['Lisboa', '1###-0##'],
    ['Évora', '7000-###'],
  ]),
  country('CA', 1, 'english', '+1 (4##) ###-####', [['Montréal', 'H2X 1Y#']]),
];
