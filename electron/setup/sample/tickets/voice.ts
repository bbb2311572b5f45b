/** How people open and close a letter, by temper. */
export interface Voice {
  readonly weight: number;
  readonly opens: readonly string[];
  readonly closes: readonly string[];
}

const friendly: Voice = {
  weight: 30,
  opens: [
    'I hope [this finds you well|you are having a good {weekday}|the {month} rush is over].',
    '[Sorry to|I am sorry to|Forgive me if I] [bother|trouble|disturb] you [with this|on a {weekday}|about something so small].',
    'First of all, [thanks for the nice shop|I like what you do|your {thing} is still my favourite].',
    'I [have been|am] a [happy|faithful|regular] customer since {year}, [so I write without anger|and this is my first question|which is why I ask openly].',
    '[Perhaps|Maybe] you can [help|assist] me with [a small matter|something|a riddle] [from {city}|this {weekday}|before lunch].',
    'A [friendly|sunny|rainy] hello from {city}[, where we have a small problem|, with a question|].',
  ],
  closes: [
    'Thank you [so much|already|in advance] for [your help|looking into it|your patience with me][, and have a good {weekday}||, from all of us here].',
    'I am [sure|confident] [we will sort it out|you will find a way|it is only a slip].',
    '[Take your time|No rush], I am [at home until {clock}|on holiday until {weekday}|reachable by mail] [anyway|in any case].',
    '[Many thanks|Thanks a lot] and [warm|kind|best] [wishes|regards] from [a cold|a rainy|a busy|a quiet] {city}.',
  ],
};

const formal: Voice = {
  weight: 22,
  opens: [
    'I am writing [with regard to|concerning|in respect of] [the matter above|my purchase|our conversation of {date}|my customer account].',
    'I [refer|am referring] to [my call of {weekday}|your message of {date}|your terms of sale].',
    'Please [allow me|permit me] to [bring the following to your attention|describe the facts in brief|raise a point].',
    'The facts are [as follows|quickly told|set out below], [as of {clock} today|in order of time|to the best of my memory].',
  ],
  closes: [
    'I look forward to [your reply|hearing from you|a written answer] [by {deadline}|within {days} days|at your convenience].',
    'Should you [require|need] [further details|any documents|my customer number], [I can be reached until {clock}|please write to me|I shall provide them].',
    "I [reserve|keep] [all rights|the right to go further], [for form's sake|although I hope not to need it|until {deadline}].",
    'I thank you for [your attention|dealing with this|a prompt reply] [and remain at your disposal|by {deadline}|in advance].',
  ],
};

const cross: Voice = {
  weight: 20,
  opens: [
    '[Honestly|Frankly|Seriously], [what is going on over there|how hard can it be|this is the {ordinal} time I write].',
    'I am [angry|annoyed|fed up|at the end of my patience], [and I rarely am|to put it mildly|after {days} days of this].',
    'This is [ridiculous|a joke|not good enough|beyond belief], [even for {month}|and I have seen a lot|so listen].',
    'My {ordinal} message, [and still no answer|the last try|in {days} days].',
  ],
  closes: [
    'If [nothing happens|I hear nothing|this goes on] [by {deadline}|until {weekday}], [I am gone|you will read about it in a review|I shop elsewhere].',
    '[Never|Not once] in {days} years [have I seen such a mess|did any shop treat me like this].',
    'Do [better|something|your job], [it cannot be that hard|others manage it|I beg you].',
    'I [told|will tell] [everyone I know|my whole office|half of {city}] [about it|to keep away|what happened here].',
  ],
};

const chatty: Voice = {
  weight: 28,
  opens: [
    'So, [funny story|here goes|where to begin], [it was a {weekday} like any other|you will not believe it|it began in {month}].',
    'My {relative} said [to write to you|you would know|I should let it go], [so here I am|but I cannot].',
    'Okay, [quick one|me again|a thing happened], [typed on {device}|from the train to {town}|between two meetings].',
    'I was [making coffee|about to leave for {town}|in my {place}] [at {clock}|on {weekday}] when [it struck me|it came to mind|I remembered to write].',
  ],
  closes: [
    'That is [all|my story|the long and short of it], [cheers|bye for now|and now my tea is cold] [from {city}||, it is {clock} already].',
    'Anyway, [shout|write|ring] if [you need more|anything is unclear|I made no sense], [evenings are best|any time before {clock}|I am around].',
    'Right, [back to work|off to bed|the {weekday} meeting calls], [thanks|fingers crossed|you are stars].',
    '[Sorry for the novel|Sorry, that got long], [my {relative} says I talk too much|I am on my {ordinal} coffee|it has been that sort of {weekday}].',
  ],
};

const silent: Voice = { weight: 1, opens: [], closes: [] };

export const voices = {
  all: [friendly, formal, cross, chatty],
  mild: [friendly, chatty],
  none: [silent],
} as const;

export const ordinals = ['second', 'third', 'fourth', 'fifth'];
export const greetings = [
  'Hi,',
  'Hello,',
  'Hello there,',
  'Dear team,',
  'Dear Sir or Madam,',
  'Good morning,',
  'Hey,',
];
export const farewells = [
  'Thanks,',
  'Best,',
  'Kind regards,',
  'Cheers,',
  'Regards,',
  'Best wishes,',
  'Greetings,',
];
