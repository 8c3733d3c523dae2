import { rulesFromStore, type StoredRules } from '../stored.ts';
import { ordered } from './rule-set.ts';

// A whole configuration as a file: it says what it is, so that nobody's other JSON is taken for one.

const FORMAT = 'yihaotong-rules';
const FORMAT_VERSION = 1;
const KNOWN = ['format', 'formatVersion', 'from', 'rules'];

/** `from`: where it comes from, for whoever opens it; nothing of it is imported. Equal contents are equal texts. */
export function writeRulesFile(rules: StoredRules, from: object): string {
  const file = { format: FORMAT, formatVersion: FORMAT_VERSION, from, rules: ordered(rulesFromStore(rules)) };
  return `${JSON.stringify(inKeyOrder(file), null, 1)}\n`;
}

export type RulesFile =
  | { readonly kind: 'rules'; readonly from: object; readonly rules: StoredRules }
  | { readonly kind: 'refused'; readonly why: string; readonly right: string };

/** What a parsed file holds. Its rules are looked at by whoever takes them in. */
export function readRulesFile(value: unknown): RulesFile {
  const right = 'Take a file that rules export --all FILE wrote.';
  const refused = (why: string, remedy = right): RulesFile => ({ kind: 'refused', why, right: remedy });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused('not an object.');
  const held: Readonly<Record<string, unknown>> = { ...value };
  // As exported before files said what they are.
  if (!('format' in held) && 'municipality' in held) {
    return { kind: 'rules', from: {}, rules: held as unknown as StoredRules };
  }
  if (held.format !== FORMAT) return refused(`format is not "${FORMAT}".`);
  if (held.formatVersion !== FORMAT_VERSION) {
    return refused(
      `formatVersion ${JSON.stringify(held.formatVersion)} is not known.`,
      `This program reads ${FORMAT_VERSION}.`,
    );
  }
  const stray = Object.keys(held).find((field) => !KNOWN.includes(field));
  if (stray !== undefined)
    return refused(`the field "${stray}" is not known.`, `There are ${KNOWN.join(', ')}.`);
  if (typeof held.rules !== 'object' || held.rules === null) return refused('rules is missing.');
  const from = typeof held.from === 'object' && held.from !== null ? held.from : {};
  return { kind: 'rules', from, rules: held.rules as StoredRules };
}

/** What something is called comes first, then by the alphabet: the store keeps no order of its own. */
const FIRST = [
  'format',
  'formatVersion',
  'kind',
  'code',
  'id',
  'number',
  'digits',
  'preset',
  'name',
  'title',
];

function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (typeof value !== 'object' || value === null) return value;
  const rank = (key: string): string => {
    const at = FIRST.indexOf(key);
    return at === -1 ? `b${key}` : `a${String.fromCharCode(97 + at)}`;
  };
  const entries = Object.entries(value).sort(([a], [b]) =>
    rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0,
  );
  return Object.fromEntries(entries.map(([key, held]) => [key, inKeyOrder(held)]));
}
