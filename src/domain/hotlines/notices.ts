import { type Announcement, WITHHELD_PROMPT } from '../announcements/announcement.ts';
import { type Considered, consider } from '../announcements/heard.ts';
import { promptsOfAnnouncement } from '../announcements/spoken.ts';
import { type Judgement, judge, type Restriction } from '../restrictions/restriction.ts';
import { parseDiversion, parseHistoryInfo } from './address.ts';
import type { Configuration } from './configuration.ts';
import { normaliseNumber } from './number.ts';
import type { CarrierCall, Recognition } from './recognise.ts';
import { EMERGENCY_NUMBERS } from './register/protected.ts';

/** Calls of a number (in the one spelling) that reached a person within the last hour. */
export type ReachedInHour = (number: string) => number;

/** What stands between this caller and the call's way: announcements to hear, a restriction of the number. */
export interface Notices {
  /** The caller's number in the one spelling; null when withheld or unreadable. */
  readonly caller: string | null;
  readonly considered: readonly Considered[];
  readonly announcements: readonly {
    readonly id: string;
    readonly prompts: readonly string[];
    readonly subscribeKey: string | null;
  }[];
  readonly judgement: Judgement;
  readonly emergency: boolean;
}

const EMERGENCY: ReadonlySet<string> = new Set(EMERGENCY_NUMBERS.map(({ number }) => number));

/** One index per configuration, which never changes once it is in force. */
const indexes = new WeakMap<Configuration, ReadonlyMap<string, readonly Restriction[]>>();

function restrictionsOf(configuration: Configuration, caller: string): readonly Restriction[] {
  let index = indexes.get(configuration);
  if (index === undefined) {
    const made = new Map<string, Restriction[]>();
    for (const one of configuration.restrictions ?? []) {
      const known = made.get(one.number);
      if (known === undefined) made.set(one.number, [one]);
      else known.push(one);
    }
    indexes.set(configuration, made);
    index = made;
  }
  return index.get(caller) ?? [];
}

/** The caller's number in the one spelling. Carriers write a withheld one as a word, as nothing, or as zeros. */
export function callerOf(callerNumber: string, areaCode: string): string | null {
  const number = normaliseNumber(callerNumber, areaCode);
  return number === null || /^0*$/.test(number) ? null : number;
}

export function noticesFor(
  configuration: Configuration,
  call: CarrierCall,
  recognition: Recognition,
  nowMs: number,
  reachedInHour: ReachedInHour = () => 0,
): Notices {
  const { areaCode } = configuration.municipality;
  const caller = callerOf(call.callerNumber, areaCode);
  const emergency = isEmergency(call, recognition, caller, areaCode);
  const judgement = judge(
    caller === null ? [] : restrictionsOf(configuration, caller),
    { caller, emergency, reachedInHour: caller === null ? 0 : reachedInHour(caller) },
    nowMs,
  );
  const line =
    recognition.line === null ? null : (normaliseNumber(recognition.line.number, areaCode) ?? null);
  const considered = consider(configuration.announcements ?? [], { line, caller, emergency }, nowMs);
  return {
    caller,
    judgement,
    emergency,
    considered,
    announcements: considered.flatMap(({ announcement, outcome }) => {
      return outcome === 'heard' ? [toldOf(announcement, caller)] : [];
    }),
  };
}

/** What this caller hears of an announcement, and the key that he may press. */
export function toldOf(announcement: Announcement, caller: string | null): Notices['announcements'][number] {
  const { id, offerKey } = announcement;
  const { told, offer } = promptsOfAnnouncement(announcement);
  const offered = offer === null ? [] : [caller === null ? WITHHELD_PROMPT : offer];
  return { id, prompts: [told, ...offered], subscribeKey: caller === null ? null : offerKey };
}

/**
 * 110 and its like: dialled, on the trail by which the call came (a hand-over), the line itself, or the one who calls.
 * Believed on every trunk: who lies about it gains a person's ear, and who does not may lose a life.
 */
function isEmergency(
  { dialled, headers }: CarrierCall,
  { line }: Recognition,
  caller: string | null,
  areaCode: string,
): boolean {
  const trail = [
    ...parseDiversion(headers.diversion),
    ...parseHistoryInfo(headers.historyInfo).map(({ user }) => user),
  ];
  const numbers = [dialled, line?.number ?? '', ...trail].map((raw) => normaliseNumber(raw, areaCode));
  return [caller, ...numbers].some((number) => number !== null && EMERGENCY.has(number));
}
