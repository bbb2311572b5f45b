import type { Random } from '../random.ts';
import { expand, polished } from './grammar.ts';
import type { Topic } from './topic.ts';
import { farewells, greetings, type Voice, voices } from './voice.ts';

type Fill = (slot: string) => string;
type Part = readonly string[];

/** How many sentences, and of what. */
function plan(random: Random, { says, more, asks }: Topic, { opens, closes }: Voice): readonly Part[] {
  return random.weighted<readonly Part[]>([
    [[says], 11],
    [[says, asks], 15],
    [[says, more], 12],
    [[says, more, asks], 24],
    [[opens, says, asks], 8],
    [[opens, says, more, asks], 12],
    [[says, more, asks, closes], 8],
    [[opens, says, more, more, asks], 6],
    [[opens, says, more, asks, closes], 4],
  ]);
}

const voiceFor = (random: Random, { temper = 'all' }: Topic): Voice =>
  random.weighted(voices[temper].map((voice) => [voice, voice.weight] as const));

/** Says a sentence that no ticket has said yet; nothing where none is left. */
function sentence(random: Random, part: Part, fill: Fill, said: Set<string>, used: Set<string>): string[] {
  for (let attempt = 0; attempt < 60; attempt++) {
    const template = random.pick(part);
    if (used.has(template)) continue;
    const text = polished(expand(random, template, fill));
    if (said.has(text.toLowerCase())) continue;
    used.add(template);
    said.add(text.toLowerCase());
    return [text];
  }
  return [];
}

/** Two letters changed places, as happens on a phone. */
function mistyped(random: Random, text: string): string {
  const words = text.split(' ');
  const long = words.map((word, index) => ({ word, index })).filter(({ word }) => /^[a-z]{5,}$/.test(word));
  if (long.length === 0) return text;
  const { word, index } = random.pick(long);
  const spot = random.int(1, word.length - 3);
  const wrong = word.slice(0, spot) + word.charAt(spot + 1) + word.charAt(spot) + word.slice(spot + 2);
  return words.with(index, wrong).join(' ');
}

function dressed(random: Random, text: string, channel: string, first: string): string {
  if (channel === 'email' && random.chance(0.45)) {
    const farewell = random.chance(0.8) ? `\n\n${random.pick(farewells)}\n${first}` : '';
    return `${random.pick(greetings)}\n\n${text}${farewell}`;
  }
  if (channel === 'chat' && random.chance(0.4)) {
    const lower = text.toLowerCase();
    return random.chance(0.5) ? lower.replace(/\.$/, '') : lower;
  }
  return text;
}

/** Writes tickets' text; one writer never says the same sentence twice. */
export function letterWriter(random: Random) {
  const said = new Set<string>();
  return {
    subject: (topic: Topic, fill: Fill) => polished(expand(random, random.pick(topic.subjects), fill)),
    body(topic: Topic, fill: Fill, channel: string, first: string): string {
      const used = new Set<string>();
      const parts = plan(random, topic, voiceFor(random, topic));
      const text = parts
        .filter(({ length }) => length > 0)
        .flatMap((part) => sentence(random, part, fill, said, used))
        .join(' ');
      const typed = random.chance(channel === 'chat' ? 0.2 : 0.06) ? mistyped(random, text) : text;
      return dressed(random, typed, channel, first);
    },
  };
}
