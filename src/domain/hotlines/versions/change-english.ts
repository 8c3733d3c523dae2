import type { CallbackRule } from '../callback-rule.ts';
import type { AfterEnd, Mode } from '../mode.ts';
import { UNSTAFFED_RULE } from '../overflow-words.ts';
import type { LastResort } from '../queue.ts';
import { HEADER_NAMES, type TrunkProfile } from '../trunk.ts';
import type { Place, Row } from './change.ts';
import type { FIELD_NAMES, Told } from './change-words.ts';
import type { FieldValue } from './content.ts';
import { menuChangeEnglish, menuEnglish } from './menu-english.ts';

// What change-words.ts says, in English.

export const ENGLISH_MODES: Readonly<Record<Mode, string>> = {
  MAIN: 'Main number',
  FORWARD: 'Forwarded',
  TRANSITION: 'Transition',
  DEDICATED: 'Dedicated desk',
  PARALLEL: 'Parallel',
  MERGED: 'Merged',
  SUBCENTER: 'Subcentre',
};
const AFTER_ENDS: Readonly<Record<AfterEnd, string>> = {
  connect: 'to a person',
  goodbye: 'announcement, then the end',
  none: 'registered no more',
};
const LAST_RESORTS: Readonly<Record<LastResort, string>> = { wait: 'wait on', message: 'leave a message' };
export const ENGLISH_METHODS: Readonly<Record<TrunkProfile['methods'][number], string>> = {
  trunk: 'own trunk',
  did: 'DID',
  requestUri: 'dialled number',
  diversion: 'Diversion',
  historyInfo: 'History-Info',
  rdnis: 'RDNIS',
  to: 'To',
};
const DIALLED_ENTRIES: Readonly<Record<TrunkProfile['dialledEntry'], string>> = {
  last: 'the last one',
  first: 'the first one',
};

type FieldsIn<Names> = { readonly [T in keyof Names]: { readonly [F in keyof Names[T]]: string } };
const FIELDS: FieldsIn<typeof FIELD_NAMES> = {
  municipality: {
    name: 'name',
    areaCode: 'area code',
    timeZone: 'time zone',
    mainNumber: 'main number',
    generalQueue: 'general queue',
  },
  trunk: {
    code: 'code',
    name: 'name',
    carrier: 'carrier',
    methods: 'order of recognition',
    line: 'its own number',
    dids: 'DIDs',
    trusts: 'what is believed',
    dialledEntry: 'Diversion entry with the dialled number',
  },
  queue: {
    code: 'code',
    name: 'name',
    overflowQueue: 'overflow queue',
    overflowAfterMs: 'wait before overflow',
    overflowWaiting: 'overflow at so many waiting',
    overflowLongestMs: 'overflow at a longest wait of',
    overflowUnstaffed: `overflow while ${UNSTAFFED_RULE.en}`,
    ringTimeoutMs: 'ringing time',
    wrapUpMs: 'wrap-up time',
    rating: 'rating after the call',
    priority: 'priority',
    skills: 'skills asked for',
    ownerFirstMs: 'wait for the case owner',
    tellsPlace: 'tells place and wait',
    placeEveryMs: 'time between two tellings of the place',
    lastResort: 'last resort',
    lastResortAfterMs: 'wait before the last resort',
    callback: 'queue callback',
  },
  line: {
    number: 'number',
    name: 'name',
    unitCode: 'unit code',
    unitName: 'unit',
    mode: 'mode',
    validFrom: 'first day',
    validTo: 'last day',
    queue: 'queue',
    unitNumber: 'unit telephone',
    trunk: 'trunk',
    greeting: 'greeting',
    menu: 'menu',
    skills: 'skills asked for',
    afterEnd: 'after its last day',
    hours: 'hours',
    centreAddress: 'centre address',
    basis: 'basis',
    area: 'area',
  },
};
const THINGS = {
  municipality: 'Municipality',
  trunk: 'Trunk',
  queue: 'Queue',
  menu: 'Menu',
  line: 'Number',
} as const satisfies Record<Place['thing'], string>;

/** `Number 12316 (from 2020-04-28): mode from “Transition” to “Forwarded”`. */
export function describeInEnglish(change: Told): string {
  const { place } = change;
  if (change.kind !== 'changed') {
    const verb = change.kind === 'added' ? 'added' : 'removed';
    return `${subjectOf(place)} ${verb}: ${rowEnglish(change.row)}`;
  }
  const { field, from, to } = change;
  if (place.thing === 'menu') return menuChangeEnglish(place.key, field, from, to);
  const names: Readonly<Record<string, string>> = FIELDS[place.thing];
  const words = place.thing === 'trunk' ? trunkValue : value;
  return `${subjectOf(place)}: ${names[field] ?? field} from ${words(field, from)} to ${words(field, to)}`;
}

function subjectOf({ thing, key }: Place): string {
  if (thing !== 'line') return key === '' ? THINGS[thing] : `${THINGS[thing]} ${key}`;
  const [number = key, day = ''] = key.split('@');
  return `Number ${number} (from ${day})`;
}

function rowEnglish(row: Row): string {
  if ('nodes' in row) return menuEnglish(row);
  if (!('mode' in row)) return row.name;
  const end = row.validTo === null ? '' : `, until ${row.validTo}`;
  return `${row.name}, ${row.unitName}, ${ENGLISH_MODES[row.mode]}${end}`;
}

function value(field: string, held: FieldValue): string {
  if (held === null || held === '') return '(none)';
  if (field === 'mode') return `“${ENGLISH_MODES[held as Mode] ?? held}”`;
  if (field === 'callback' && typeof held === 'object') return `“${callback(held as CallbackRule)}”`;
  if (field === 'afterEnd') return `“${AFTER_ENDS[held as AfterEnd] ?? held}”`;
  if (field === 'lastResort') return `“${LAST_RESORTS[held as LastResort] ?? held}”`;
  if (typeof held === 'boolean') return held ? '“yes”' : '“no”';
  if (field.endsWith('Ms') && typeof held === 'number') return `${held / 1000} s`;
  return `“${typeof held === 'object' ? JSON.stringify(held) : held}”`;
}

function callback({ afterWaitMs, aboveEstimateMs, attempts, validMs }: CallbackRule): string {
  const when = [
    ...(afterWaitMs === null ? [] : [`after ${afterWaitMs / 1000} s of waiting`]),
    ...(aboveEstimateMs === null ? [] : [`at an estimate above ${aboveEstimateMs / 1000} s`]),
  ].join(' or ');
  const offered = when === '' ? 'not offered by itself' : `offered ${when}`;
  return `${offered}, at most ${attempts} calls back, valid for ${validMs / 60_000} min`;
}

function trunkValue(field: string, held: FieldValue): string {
  const list = <T>(words: (one: T) => string): string =>
    Array.isArray(held) && held.length > 0 ? `“${(held as T[]).map(words).join(', ')}”` : value(field, null);
  switch (field) {
    case 'methods':
      return list((one: TrunkProfile['methods'][number]) => ENGLISH_METHODS[one] ?? one);
    case 'trusts':
      return list((one: TrunkProfile['trusts'][number]) => HEADER_NAMES[one] ?? one);
    case 'dids':
      return list(({ did, line }: TrunkProfile['dids'][number]) => `${did} → ${line}`);
    case 'dialledEntry':
      return `“${DIALLED_ENTRIES[held as TrunkProfile['dialledEntry']] ?? held}”`;
    default:
      return value(field, held);
  }
}
