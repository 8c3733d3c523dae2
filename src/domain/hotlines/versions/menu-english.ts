import { conditionEnglish, promptsEnglish, targetEnglish } from '../../ivr/english.ts';
import type { Choice, Fallback, Menu, MenuNode, Redirect } from '../../ivr/menu.ts';
import { canonical, type FieldValue } from './content.ts';
import { readMenuField } from './menu-fields.ts';
import { keyedChoices } from './menu-words.ts';

// What menu-words.ts says, in English.

const OWN_FIELDS: Readonly<Record<string, string>> = {
  name: 'name',
  languages: 'languages',
  start: 'start node',
};

/** `Menu classic-menu, node start: key 1 (enquiry) now leads to queue enquiry`. */
export function menuChangeEnglish(code: string, field: string, from: FieldValue, to: FieldValue): string {
  const read = readMenuField(field);
  if (read.kind === 'own') {
    return `Menu ${code}: ${OWN_FIELDS[field] ?? field} from “${plain(from)}” to “${plain(to)}”`;
  }
  if (read.kind === 'text') {
    const subject = `words of prompt ${read.name}`;
    if (from === null) return `Menu ${code}: ${subject} added “${plain(to)}”`;
    if (to === null) return `Menu ${code}: ${subject} removed`;
    return `Menu ${code}: ${subject} from “${plain(from)}” to “${plain(to)}”`;
  }
  const [before, after] = [from as MenuNode | null, to as MenuNode | null];
  if (before === null)
    return `Menu ${code}: node ${read.name} added${after === null ? '' : nodeEnglish(after)}`;
  if (after === null) return `Menu ${code}: node ${read.name} (${before.name}) removed`;
  return `Menu ${code}, node ${read.name}: ${nodeChanges(before, after).join('; ')}`;
}

/** A menu in one line, where it comes or goes as a whole. */
export function menuEnglish({ name, nodes, start }: Menu): string {
  const first = nodes.find(({ id }) => id === start);
  const keys = first?.choices.map(({ digits, label }) => `${digits} ${label}`).join(', ') ?? '';
  return `${name}, nodes: ${nodes.length}${keys === '' ? '' : `, keys ${keys}`}`;
}

const plain = (value: FieldValue): string => (Array.isArray(value) ? value.join(', ') : String(value ?? ''));

function nodeEnglish({ name, choices, exit }: MenuNode): string {
  const keys = choices.map(({ digits, label }) => `${digits} ${label}`).join(', ');
  const end = exit === null ? 'no usual way on' : `usually to ${targetEnglish(exit)}`;
  return ` (${[name, ...(keys === '' ? [] : [`keys ${keys}`]), end].join(', ')})`;
}

function nodeChanges(before: MenuNode, after: MenuNode): readonly string[] {
  const said: string[] = [];
  const changed = (what: string, from: string, to: string): void => {
    if (from !== to) said.push(`${what} from ${from} to ${to}`);
  };
  changed('name', `“${before.name}”`, `“${after.name}”`);
  changed('conditional ways', redirectsEnglish(before.redirects), redirectsEnglish(after.redirects));
  changed('prompts', promptsEnglish(before.prompts), promptsEnglish(after.prompts));
  said.push(...choiceChanges(before.choices, after.choices));
  changed('wait for the first key', `${before.timeoutMs / 1000} s`, `${after.timeoutMs / 1000} s`);
  changed('wait between keys', `${before.digitTimeoutMs / 1000} s`, `${after.digitTimeoutMs / 1000} s`);
  changed('retries', `${before.retries}`, `${after.retries}`);
  changed('after a wrong key', fallbackEnglish(before.onWrong), fallbackEnglish(after.onWrong));
  changed('without a key', fallbackEnglish(before.onNothing), fallbackEnglish(after.onNothing));
  const exitOf = ({ exit }: MenuNode): string => (exit === null ? '(none)' : targetEnglish(exit));
  changed('usual way on', exitOf(before), exitOf(after));
  return said.length > 0 ? said : ['the order of its parts changed'];
}

function choiceChanges(before: readonly Choice[], after: readonly Choice[]): readonly string[] {
  const [left, right] = [keyedChoices(before), keyedChoices(after)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => {
    const [from, to] = [left.get(key), right.get(key)];
    if (from === undefined) return to === undefined ? [] : [`added ${choiceEnglish(to)}`];
    if (to === undefined) return [`removed key ${from.digits} (${from.label})`];
    if (canonical(from) === canonical(to)) return [];
    return [`key ${from.digits} (${from.label}) becomes ${choiceEnglish(to)}`];
  });
}

function choiceEnglish({ digits, label, target, when, counter }: Choice): string {
  const more = [
    ...(when === null ? [] : [conditionEnglish(when)]),
    ...(counter === null ? [] : [`counted as ${counter}`]),
  ];
  const way = `key ${digits} (${label}) to ${targetEnglish(target)}`;
  return more.length === 0 ? way : `${way}, ${more.join(', ')}`;
}

const redirectsEnglish = (redirects: readonly Redirect[]): string =>
  redirects.length === 0
    ? '(none)'
    : redirects.map(({ when, to }) => `${conditionEnglish(when)}: ${targetEnglish(to)}`).join(', ');

const fallbackEnglish = ({ prompts, to }: Fallback): string =>
  `play ${promptsEnglish(prompts)}${to === null ? '' : `, then ${targetEnglish(to)}`}`;
