import { type Condition, DAY_KINDS, type DayKind } from './condition.ts';
import type { Choice, Exit, Fallback, Menu, MenuNode, PromptRef, Redirect, Target } from './menu.ts';

/** What a text or file is that should be a menu: one, or refused with each place and what belongs there. */
export type ReadMenu =
  | { readonly kind: 'menu'; readonly menu: Menu }
  | { readonly kind: 'refused'; readonly faults: readonly MenuFault[] };
export interface MenuFault {
  /** e.g. `nodes.0.choices.2.target.kind`; empty for the whole. */
  readonly path: string;
  readonly expected: string;
}

/** Deeper nesting of conditions is nobody's intention. */
const CONDITIONS_DEEP = 8;
export const ITEMS_AT_MOST = 200;
export const TEXT_AT_MOST = 1_000;

/** Takes what it knows; a field that it does not know is a fault: what somebody wrote must not be lost in silence. */
export function readMenu(value: unknown): ReadMenu {
  const faults: MenuFault[] = [];
  const menu = new Reader(faults).menu(value);
  return faults.length === 0 ? { kind: 'menu', menu } : { kind: 'refused', faults };
}

const NODE_FIELDS: readonly (keyof MenuNode)[] = [
  'id',
  'name',
  'redirects',
  'prompts',
  'choices',
  'timeoutMs',
  'digitTimeoutMs',
  'retries',
  'onWrong',
  'onNothing',
  'exit',
];
const TARGET_FIELDS = {
  node: ['kind', 'node'],
  queue: ['kind', 'queue', 'skills'],
  line: ['kind', 'number'],
  number: ['kind', 'number', 'trunk', 'returnQueue'],
  message: ['kind', 'prompts', 'queue', 'maxMs'],
  goodbye: ['kind', 'prompts'],
  ticketStatus: ['kind', 'ask', 'notFound', 'timeoutMs', 'retries', 'afterwards', 'exit'],
} as const satisfies Readonly<Record<Target['kind'], readonly string[]>>;
const CONDITION_FIELDS = {
  timeOfDay: ['kind', 'from', 'to'],
  weekday: ['kind', 'anyOf'],
  dayKind: ['kind', 'anyOf'],
  language: ['kind', 'anyOf'],
  openTicket: ['kind'],
  vulnerable: ['kind'],
  from: ['kind', 'at'],
  until: ['kind', 'at'],
  all: ['kind', 'of'],
  any: ['kind', 'of'],
  not: ['kind', 'of'],
} as const satisfies Readonly<Record<Condition['kind'], readonly string[]>>;
type Fields = Readonly<Record<string, unknown>>;
type FieldsOfKinds = Readonly<Record<string, readonly string[]>>;
const isList = (known: readonly string[] | FieldsOfKinds): known is readonly string[] => Array.isArray(known);
type Read<T> = (value: unknown, path: string) => T;

/** Reads on after a fault, with something of the right type in its place, so that all faults are told at once. */
class Reader {
  readonly #faults: MenuFault[];

  constructor(faults: MenuFault[]) {
    this.#faults = faults;
  }

  menu(value: unknown): Menu {
    const from = this.#fields(value, '', ['code', 'name', 'languages', 'start', 'nodes', 'texts']);
    const texts = this.#fields(from.texts, 'texts');
    return {
      code: this.#name(from.code, 'code'),
      name: this.#text(from.name, 'name'),
      languages: this.#list(from.languages, 'languages', this.#text),
      start: this.#text(from.start, 'start'),
      nodes: this.#list(from.nodes, 'nodes', this.#node),
      texts: Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [
          this.#name(name, `texts.${name}`),
          this.#text(text, `texts.${name}`),
        ]),
      ),
    };
  }

  readonly #node: Read<MenuNode> = (value, path) => {
    const from = this.#fields(value, path, NODE_FIELDS);
    return {
      id: this.#text(from.id, `${path}.id`),
      name: this.#text(from.name, `${path}.name`),
      redirects: this.#list(from.redirects, `${path}.redirects`, this.#redirect),
      prompts: this.#list(from.prompts, `${path}.prompts`, this.#prompt),
      choices: this.#list(from.choices, `${path}.choices`, this.#choice),
      timeoutMs: this.#number(from.timeoutMs, `${path}.timeoutMs`),
      digitTimeoutMs: this.#number(from.digitTimeoutMs, `${path}.digitTimeoutMs`),
      retries: this.#number(from.retries, `${path}.retries`),
      onWrong: this.#fallback(from.onWrong, `${path}.onWrong`),
      onNothing: this.#fallback(from.onNothing, `${path}.onNothing`),
      exit: this.#orNull(from.exit, `${path}.exit`, this.#exit),
    };
  };

  readonly #redirect: Read<Redirect> = (value, path) => {
    const from = this.#fields(value, path, ['when', 'to', 'reason']);
    return {
      when: this.#condition(from.when, `${path}.when`),
      to: this.#target(from.to, `${path}.to`),
      reason: this.#text(from.reason, `${path}.reason`),
    };
  };

  readonly #prompt: Read<PromptRef> = (value, path) => {
    const from = this.#fields(value, path, ['name', 'variants', 'when', 'announces']);
    const variants = this.#fields(from.variants, `${path}.variants`);
    return {
      name: this.#name(from.name, `${path}.name`),
      variants: Object.fromEntries(
        Object.entries(variants).map(([language, name]) => [
          language,
          this.#name(name, `${path}.variants.${language}`),
        ]),
      ),
      when: this.#orNull(from.when, `${path}.when`, this.#condition),
      announces: this.#list(from.announces, `${path}.announces`, this.#text),
    };
  };

  readonly #choice: Read<Choice> = (value, path) => {
    const from = this.#fields(value, path, ['digits', 'label', 'target', 'when', 'counter']);
    return {
      digits: this.#text(from.digits, `${path}.digits`),
      label: this.#text(from.label, `${path}.label`),
      target: this.#target(from.target, `${path}.target`),
      when: this.#orNull(from.when, `${path}.when`, this.#condition),
      counter: this.#orNull(from.counter, `${path}.counter`, this.#text),
    };
  };

  readonly #fallback: Read<Fallback> = (value, path) => {
    const from = this.#fields(value, path, ['prompts', 'to']);
    return {
      prompts: this.#list(from.prompts, `${path}.prompts`, this.#prompt),
      to: this.#orNull(from.to, `${path}.to`, this.#target),
    };
  };

  readonly #target: Read<Target> = (value, path) => {
    const from = this.#fields(value, path, TARGET_FIELDS);
    if (from.kind === 'node') return { kind: 'node', node: this.#text(from.node, `${path}.node`) };
    if (from.kind !== 'ticketStatus') return this.#exit(value, path);
    return {
      kind: 'ticketStatus',
      ask: this.#list(from.ask, `${path}.ask`, this.#prompt),
      notFound: this.#list(from.notFound, `${path}.notFound`, this.#prompt),
      timeoutMs: this.#number(from.timeoutMs, `${path}.timeoutMs`),
      retries: this.#number(from.retries, `${path}.retries`),
      afterwards: this.#exit(from.afterwards, `${path}.afterwards`),
      exit: this.#orNull(from.exit, `${path}.exit`, this.#exit),
    };
  };

  readonly #exit: Read<Exit> = (value, path) => {
    const from = this.#fields(value, path, TARGET_FIELDS);
    const text = (field: string): string => this.#text(from[field], `${path}.${field}`);
    switch (from.kind) {
      case 'queue':
        return {
          kind: 'queue',
          queue: text('queue'),
          ...(from.skills === undefined ? {} : { skills: text('skills') }),
        };
      case 'line':
        return { kind: 'line', number: text('number') };
      case 'number':
        return {
          kind: 'number',
          number: text('number'),
          trunk: text('trunk'),
          returnQueue: text('returnQueue'),
        };
      case 'message':
        return {
          kind: 'message',
          prompts: this.#list(from.prompts, `${path}.prompts`, this.#prompt),
          queue: text('queue'),
          maxMs: this.#number(from.maxMs, `${path}.maxMs`),
        };
      case 'goodbye':
        return { kind: 'goodbye', prompts: this.#list(from.prompts, `${path}.prompts`, this.#prompt) };
      default:
        return this.#fault(`${path}.kind`, 'queue, line, number, message, goodbye, node, ticketStatus', {
          kind: 'goodbye',
          prompts: [],
        });
    }
  };

  readonly #condition: Read<Condition> = (value, path) => {
    const from = this.#fields(value, path, CONDITION_FIELDS);
    if (path.split('.of').length > CONDITIONS_DEEP) {
      return this.#fault(path, `conditions nested ${CONDITIONS_DEEP} deep at most`, { kind: 'vulnerable' });
    }
    const text = (field: string): string => this.#text(from[field], `${path}.${field}`);
    switch (from.kind) {
      case 'timeOfDay':
        return { kind: 'timeOfDay', from: text('from'), to: text('to') };
      case 'weekday':
        return { kind: 'weekday', anyOf: this.#list(from.anyOf, `${path}.anyOf`, this.#number) };
      case 'dayKind':
        return { kind: 'dayKind', anyOf: this.#list(from.anyOf, `${path}.anyOf`, this.#dayKind) };
      case 'language':
        return { kind: 'language', anyOf: this.#list(from.anyOf, `${path}.anyOf`, this.#text) };
      case 'openTicket':
      case 'vulnerable':
        return { kind: from.kind };
      case 'from':
      case 'until':
        return { kind: from.kind, at: text('at') };
      case 'all':
      case 'any':
        return { kind: from.kind, of: this.#list(from.of, `${path}.of`, this.#condition) };
      case 'not':
        return { kind: 'not', of: this.#condition(from.of, `${path}.of`) };
      default:
        return this.#fault(
          `${path}.kind`,
          'timeOfDay, weekday, dayKind, language, openTicket, vulnerable, from, until, all, any, not',
          { kind: 'vulnerable' },
        );
    }
  };

  readonly #dayKind: Read<DayKind> = (value, path) =>
    DAY_KINDS.find((one) => one === value) ?? this.#fault(path, DAY_KINDS.join(', '), 'workday');

  readonly #text: Read<string> = (value, path) =>
    typeof value === 'string' && value.length <= TEXT_AT_MOST
      ? value
      : this.#fault(path, `a text of at most ${TEXT_AT_MOST} characters`, '');

  /** Prompts' names become files, menus' codes places in the API. */
  readonly #name: Read<string> = (value, path) =>
    typeof value === 'string' && /^[a-z0-9][a-z0-9-]{0,63}$/.test(value)
      ? value
      : this.#fault(path, 'a name of a-z, 0-9 and -, 64 at most', '');

  readonly #number: Read<number> = (value, path) =>
    typeof value === 'number' && Number.isFinite(value) ? value + 0 : this.#fault(path, 'a number', 0);

  #orNull<T>(value: unknown, path: string, read: Read<T>): T | null {
    return value === null || value === undefined ? null : read(value, path);
  }

  #list<T>(value: unknown, path: string, read: Read<T>): readonly T[] {
    if (!Array.isArray(value) || value.length > ITEMS_AT_MOST) {
      return this.#fault(path, `a list of at most ${ITEMS_AT_MOST}`, []);
    }
    return value.map((one: unknown, at) => read(one, `${path}.${at}`));
  }

  /** `known`: the only fields there may be, or those of each kind; left out where any name is one. */
  #fields(value: unknown, path: string, known: readonly string[] | FieldsOfKinds = {}): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.#fault(path, 'an object', {});
    }
    const fields = value as Fields;
    const allowed = isList(known)
      ? known
      : (Object.entries(known).find(([kind]) => kind === fields.kind)?.[1] ?? null);
    for (const field of allowed === null ? [] : Object.keys(fields)) {
      if (allowed?.includes(field) === true) continue;
      this.#fault(
        path === '' ? field : `${path}.${field}`,
        `no such field; one of ${allowed?.join(', ')}`,
        null,
      );
    }
    return fields;
  }

  #fault<T>(path: string, expected: string, instead: T): T {
    // What a target is, is asked twice.
    if (!this.#faults.some((fault) => fault.path === path)) this.#faults.push({ path, expected });
    return instead;
  }
}
