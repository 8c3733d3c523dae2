import { parseArgs } from 'node:util';
import { Misuse } from '../setback.ts';

/** Every option, with what stands behind it and what it says. */
export const OPTIONS = {
  api: { type: 'string', value: 'URL', says: 'another instance than this machine’s' },
  user: { type: 'string', value: 'NAME', says: 'as whom; operator unless said otherwise' },
  'port-base': { type: 'string', value: 'N', says: 'the instance on these ports' },
  data: { type: 'string', value: 'DIR', says: 'the instance in this folder' },
  version: { type: 'string', value: 'V', says: 'in this version: a number, or published' },
  reason: { type: 'string', value: 'R', says: 'why; it stays in the history' },
  at: { type: 'string', value: 'T', says: 'at this moment or day, 2026-12-01T08:00:00+08:00' },
  until: { type: 'string', value: 'T', says: 'ends by itself at this moment' },
  from: { type: 'string', value: 'DAY', says: 'the period that begins on this day; the first day to count' },
  to: { type: 'string', value: 'H', says: 'the To header; the last day to count' },
  diversion: { type: 'string', multiple: true, value: 'H', says: 'a Diversion header, again for each' },
  history: { type: 'string', multiple: true, value: 'H', says: 'a History-Info header, again for each' },
  limit: { type: 'string', default: '10', value: 'N', says: 'how many, the newest first' },
  months: { type: 'string', value: 'N', says: 'how many calendar months' },
  basis: { type: 'string', value: 'WORDS', says: 'the decision or letter it rests on' },
  days: { type: 'string', default: '30', value: 'N', says: 'how many days back' },
  keys: { type: 'string', value: 'KEYS', says: 'pressed one after the other in the menu' },
  ticket: { type: 'string', value: 'found|notFound|failed', says: 'what a look-up of a ticket finds' },
  out: { type: 'string', value: 'FILE', says: 'into a file instead of onto the terminal' },
  all: { type: 'string', value: 'FILE', says: 'the whole configuration, into this file' },
  check: { type: 'boolean', default: false, value: '', says: 'only look, change nothing' },
  graph: { type: 'boolean', default: false, value: '', says: 'as a drawing (Mermaid)' },
  words: { type: 'boolean', default: false, value: '', says: 'as people write it, a line for each thing' },
  menu: { type: 'string', value: 'CODE', says: 'the menu' },
  line: { type: 'string', value: 'NUMBER', says: 'the number, where it has no menu yet' },
  key: { type: 'string', value: 'KEY', says: 'the key to press' },
  queue: { type: 'string', value: 'CODE', says: 'the desk that takes the calls' },
  'queue-name': { type: 'string', value: 'WORDS', says: 'of a desk that does not exist yet' },
  label: { type: 'string', value: 'WORDS', says: 'what the key is called on screens' },
  pack: { type: 'string', value: 'CODE', says: 'the knowledge pack that agents have while the key is open' },
  text: { type: 'string', value: 'WORDS', says: 'what callers hear, or citizens are told' },
  hours: { type: 'string', value: 'N', says: 'for so many hours from now on' },
  lines: { type: 'string', value: 'N,N', says: 'only who dialled one of these numbers' },
  areas: { type: 'string', value: '0513,…', says: 'only fixed lines with these area codes' },
  prefixes: { type: 'string', value: '8411,…', says: 'only numbers that begin so' },
  callers: { type: 'string', value: 'N,N', says: 'only these numbers' },
  unknown: {
    type: 'boolean',
    default: false,
    value: '',
    says: 'also mobiles and others whose area is unknown',
  },
  caller: { type: 'string', value: 'NUMBER', says: 'as a call from this number' },
  reached: { type: 'string', value: 'N', says: 'so many of its calls have reached a person within the hour' },
  step: { type: 'string', value: 'note|limit|block', says: 'how far to go; one after the other' },
  calls: { type: 'string', value: 'N', says: 'calls an hour that reach a person, of a limit' },
  help: {
    type: 'boolean',
    short: 'h',
    default: false,
    value: '',
    says: 'what the command does, with an example',
  },
} as const;
export type OptionName = keyof typeof OPTIONS;

/** Where, and as whom: every command takes them. */
export const COMMON_OPTIONS = ['api', 'user', 'port-base', 'data', 'help'] as const;

export function parse(argv: readonly string[]) {
  const asked = parseArgs({ args: [...argv], allowPositionals: true, options: OPTIONS, tokens: true });
  const given = asked.tokens.flatMap((token) => (token.kind === 'option' ? [token.name as OptionName] : []));
  const { at, until } = asked.values;
  const options = {
    ...asked.values,
    ...(at === undefined ? {} : { at: toTheSecond(at) }),
    ...(until === undefined ? {} : { until: toTheSecond(until) }),
  };
  return { options, words: asked.positionals, given };
}

/** People type a moment to the minute; RFC 3339 wants its seconds. Anything else is left to whoever reads it. */
const toTheSecond = (moment: string): string =>
  moment.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|[+-]\d\d:\d\d)$/i, '$1:00$2');
export type Options = ReturnType<typeof parse>['options'];

/** `--days`, as a number. */
export function daysOf({ days: text }: Pick<Options, 'days'>): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1) return days;
  throw new Misuse('rules.days', `"${text}" is no number of days.`, 'For example --days 30.');
}

/** An option that the command would not look at was meant to do something: better an error than silence. */
export function refuseUnused(
  command: { readonly name: string; readonly options: readonly OptionName[] },
  given: readonly OptionName[],
): void {
  const known: readonly OptionName[] = [...COMMON_OPTIONS, ...command.options];
  const stray = given.find((name) => !known.includes(name));
  if (stray === undefined) return;
  const own = command.options.map((name) => `--${name}`).join(' ');
  throw new Misuse(
    'rules.optionUnused',
    `rules ${command.name} does not take --${stray}.`,
    own === '' ? 'It takes no options of its own.' : `It takes ${own}.`,
  );
}
