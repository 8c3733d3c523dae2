import { type DeadlineMark, marksOf, withSource } from '../deadlines/clocks.ts';
import { type LimitSet, sourceOf, ticketLimit } from '../deadlines/limit-set.ts';
import { localDateOf } from '../deadlines/local-time.ts';
import type { Urgency } from '../deadlines/stages.ts';
import { owesContact } from './contact-proof.ts';
import { decideMove } from './moving.ts';
import { OWN_REASONS } from './own-reasons.ts';
import { type Calendars, stageMarks } from './stage-marks.ts';
import { tidyText } from './storable.ts';
import { type Actor, TICKET_TYPES, type TicketType } from './ticket.ts';
import type { TicketEvent } from './time-line.ts';
import type { TicketState } from './transitions.ts';

/** A form by its category and version, with what was filled in under its keys. */
export interface AppealFormValues {
  readonly categoryCode: string;
  readonly version: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What a clerk fills in. Lengths are in characters as people count them. */
export interface Appeal {
  readonly type: TicketType;
  readonly categoryCode: string;
  /** 子类型, under its type; absent: none. */
  readonly subtypeCode?: string | null;
  /** 主题标签, across types and categories. */
  readonly tags?: readonly string[];
  /** 表单: what its category asks beside the usual; absent: nothing was filled in. */
  readonly form?: AppealFormValues | null;
  /** Empty: the first words of the content. */
  readonly title: string;
  readonly content: string;
  readonly place: string;
  readonly confidential: boolean;
  /** 匿名: who he is is kept from every unit. Absent: no. */
  readonly anonymous?: boolean;
  /** 急事急办: short limits at every stage. */
  readonly urgency: Urgency;
  readonly citizenName: string;
  readonly citizenNumber: string;
  /** Who is to handle it; null: dispatched later. */
  readonly unitCode: string | null;
  /** 被投诉单位 (HM-16): of whose conduct the citizen complains; absent or null: of none. */
  readonly accusedUnitCode?: string | null;
  /** Of an appeal without a call; absent: other. */
  readonly writtenBy?: WrittenChannel;
}

export const APPEAL_LENGTHS = {
  title: 100,
  content: 10_000,
  place: 300,
  citizenName: 60,
  citizenNumber: 32,
} as const;
const TITLE_FROM_CONTENT = 40;

/** 集电话、网站、短信、微信等受理功能于一体 (RD-12): by which way an appeal came in writing; the call says it of one that was spoken. */
export const WRITTEN_CHANNELS = ['website', 'sms', 'wechat', 'other'] as const;
export type WrittenChannel = (typeof WRITTEN_CHANNELS)[number];
export const TICKET_CHANNELS = ['phone', 'voiceMessage', ...WRITTEN_CHANNELS] as const;
export type TicketChannel = (typeof TICKET_CHANNELS)[number];

export interface TicketRow extends Omit<Appeal, 'writtenBy'> {
  readonly id: string;
  readonly number: string;
  readonly callId: string | null;
  readonly line: string | null;
  readonly state: TicketState;
  readonly acceptedAt: number;
  readonly dispatchedAt: number | null;
  readonly createdBy: string | null;
  readonly channel: TicketChannel;
}

export interface Opening {
  readonly ticket: TicketRow;
  readonly events: readonly TicketEvent[];
  readonly marks: readonly DeadlineMark[];
  /** Years for which no calendar was entered; the deadlines are provisional until somebody does. */
  readonly missingYears: readonly number[];
}

export type AppealFault =
  | { readonly code: 'ticket.typeUnknown'; readonly data: { readonly type: string } }
  | { readonly code: 'ticket.textMissing'; readonly data: { readonly field: 'content' } }
  | {
      readonly code: 'ticket.textTooLong';
      readonly data: { readonly field: string; readonly length: number; readonly max: number };
    };

/** The appeal as it will be kept: trimmed, line ends as `\n`, without control characters; or why it cannot be. */
export function tidyAppeal(appeal: Appeal): { readonly appeal: Appeal } | { readonly fault: AppealFault } {
  if (!TICKET_TYPES.includes(appeal.type)) {
    return { fault: { code: 'ticket.typeUnknown', data: { type: String(appeal.type).slice(0, 40) } } };
  }
  const content = tidyText(appeal.content);
  if (content === '') return { fault: { code: 'ticket.textMissing', data: { field: 'content' } } };
  const firstWords = [...(content.split('\n')[0] ?? '')].slice(0, TITLE_FROM_CONTENT).join('');
  const tidy: Appeal = {
    ...appeal,
    content,
    title: tidyText(appeal.title).replaceAll('\n', ' ') || firstWords,
    place: tidyText(appeal.place),
    citizenName: tidyText(appeal.citizenName),
    citizenNumber: tidyText(appeal.citizenNumber),
  };
  for (const field of Object.keys(APPEAL_LENGTHS) as (keyof typeof APPEAL_LENGTHS)[]) {
    const length = [...tidy[field]].length;
    const max = APPEAL_LENGTHS[field];
    if (length > max) return { fault: { code: 'ticket.textTooLong', data: { field, length, max } } };
  }
  return { appeal: tidy };
}

/** `RD20261123-000123`: prefix, local day of acceptance, running number. Unique; without gaps is not promised. */
export function ticketNumber(prefix: string, acceptedAt: number, zone: string, sequence: number): string {
  const day = localDateOf(acceptedAt, zone).replaceAll('-', '');
  return `${prefix}${day}-${String(sequence).padStart(6, '0')}`;
}

/**
 * Accepts a tidy appeal: registered, and dispatched at once when a unit is named. The citizen's clock starts at
 * `now`; the unit's at dispatch, which here is the same instant.
 */
export function decideOpening(input: {
  readonly appeal: Appeal;
  readonly actor: Actor;
  readonly now: number;
  readonly id: string;
  readonly number: string;
  /** `answered`: somebody spoke with the citizen; else a message is what there is. */
  readonly call: {
    readonly id: string;
    readonly line: string | null;
    readonly answered: boolean;
  } | null;
  /** Those in force at `now`. */
  readonly limits: LimitSet;
  readonly calendars: Calendars;
  /** The unit complained of and all within it; absent: none is. */
  readonly accusedUnits?: readonly string[];
}): { readonly opening: Opening } | { readonly refusal: 'ticket.moveForbidden' | 'ticket.accusedUnit' } {
  const { actor, now, call, limits, calendars, accusedUnits = [] } = input;
  const { writtenBy = 'other', ...appeal } = input.appeal;
  const registered = decideMove({ move: 'register', from: null, actor, unitCode: null, now, reason: '' });
  if (registered.kind === 'refused') return { refusal: 'ticket.moveForbidden' };
  const events: TicketEvent[] = [registered.event];
  const accused = appeal.accusedUnitCode ?? null;
  if (accused !== null) events.push(accusedLine(accused, actor, now));
  if (appeal.unitCode !== null) {
    // As with every move: nobody but the unit complained of would look into it.
    if (accusedUnits.includes(appeal.unitCode)) return { refusal: 'ticket.accusedUnit' };
    const body = { unitCode: appeal.unitCode };
    const from = registered.event.toState;
    const dispatched = decideMove({ move: 'dispatch', from, actor, unitCode: null, now, reason: '', body });
    if (dispatched.kind === 'refused') return { refusal: 'ticket.moveForbidden' };
    events.push(dispatched.event);
  }
  const limit = ticketLimit(limits, { ...appeal, extendedBy: 0 });
  const marks = marksOf('citizen', now, limit, calendars.centre);
  const unitMarks = appeal.unitCode === null ? [] : marksOf('unit', now, limit, calendars.unit);
  const state = appeal.unitCode === null ? 'registered' : 'dispatched';
  const contactOwed = owesContact({
    unreachable: appeal.anonymous === true || appeal.citizenNumber === '',
  });
  const stages = stageMarks(
    ['register', 'dispatch'],
    state,
    now,
    appeal.urgency,
    limits.stages,
    calendars,
    contactOwed,
  );
  const missingYears = marks.at(-1)?.explanation.missingYears ?? [];
  if (missingYears.length > 0) {
    events.push({
      at: now,
      actorId: null,
      fromState: null,
      toState: null,
      type: 'calendarMissing',
      reason: '',
      body: { years: missingYears },
    });
  }
  return {
    opening: {
      ticket: {
        ...appeal,
        id: input.id,
        number: input.number,
        callId: call?.id ?? null,
        line: call?.line ?? null,
        state,
        acceptedAt: now,
        dispatchedAt: appeal.unitCode === null ? null : now,
        createdBy: actor.accountId,
        channel: call === null ? writtenBy : call.answered ? 'phone' : 'voiceMessage',
      },
      events,
      marks: withSource([...marks, ...unitMarks, ...stages], sourceOf(limits, 0)),
      missingYears,
    },
  };
}

/** As when it is named later: who reads the time line finds it in one place. */
const accusedLine = (accused: string, { accountId }: Actor, at: number): TicketEvent => ({
  ...{ at, actorId: accountId, fromState: null, toState: null },
  ...{ type: 'accusedNamed', reason: OWN_REASONS.accusedAtRegistration, body: { accused } },
});
