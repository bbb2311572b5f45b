import type { Signatures } from '../../../../shared/contract/query-language.ts';
import type { KnownCatalog, KnownFunction } from './known-catalog.ts';
import { placeAt } from './place.ts';
import { insideText } from './sql-tree.ts';

/** How the function is called whose brackets a place is in; nothing where it is in none. */
export function signaturesAt(text: string, at: number, catalog: KnownCatalog): Signatures | null {
  if (insideText(text, at)) return null;
  const { call } = placeAt(text, at, catalog);
  const functions = (call && catalog.functions.get(call.name)) ?? [];
  if (!call || functions.length === 0) return null;
  const signatures = functions.map(signatureOf);
  const fitting = functions.findIndex(({ args }) => argumentsOf(args).length > call.argument);
  return { signatures, signature: Math.max(0, fitting), parameter: call.argument };
}

function signatureOf({ name, args, result }: KnownFunction) {
  const parameters: (readonly [number, number])[] = [];
  let label = `${name}(`;
  for (const [at, argument] of argumentsOf(args).entries()) {
    if (at > 0) label += ', ';
    parameters.push([label.length, label.length + argument.length]);
    label += argument;
  }
  return { label: `${label})`, parameters, result };
}

/** Arguments are cut at commas outside of brackets: `numeric(10,2)` is one. */
export function argumentsOf(args: string): readonly string[] {
  if (args === '') return [];
  return args.split(/, (?![^(]*\))/);
}
