import type { GivenAnswers } from '../../../src/domain/callbacks/survey/dialogue.ts';
import type { Call, Decision } from '../../../src/domain/calls/call.ts';
import type { CallContext } from '../../../src/domain/calls/call-context.ts';
import type { CallEvent } from '../../../src/domain/calls/call-event.ts';
import type { CallState } from '../../../src/domain/calls/call-table.ts';
import { arrive, decide } from '../../../src/domain/calls/decide.ts';
import { place } from '../../../src/domain/calls/placing.ts';
import { placeReceipt, placeSurvey } from '../../../src/domain/calls/placing-survey.ts';
import { placeForUnit } from '../../../src/domain/calls/unit-call-moves.ts';
import type { Announcement, CallPlan, Destination } from '../../../src/domain/hotlines/call-plan.ts';
import { USUAL_CALLBACK_RULE } from '../../../src/domain/hotlines/callback-rule.ts';
import { QUEUE_BEFORE } from '../../../src/domain/hotlines/queue.ts';
import { type Exit, type Menu, NODE_DEFAULTS, prompt } from '../../../src/domain/ivr/menu.ts';

export const CALL_ID = 'c';
export const LEG = 'c.a1';

export const toQueue: Destination = { kind: 'queue', queue: 'desk', reason: 'test' };
/** A desk whose citizens are asked how it was. */
export const toAsking: Destination = { kind: 'queue', queue: 'asking', reason: 'test' };
export const toUnit: Destination = {
  kind: 'unit',
  number: '051384139001',
  trunk: 'carrier',
  returnQueue: 'general',
  ringTimeoutMs: 20_000,
  reason: 'test',
};
export const toCentre: Destination = {
  kind: 'centre',
  address: 'sip:12345@192.0.2.7:5070',
  trunk: 'carrier',
  returnQueue: 'general',
  ringTimeoutMs: 20_000,
  reason: 'test',
};
export const toGoodbye: Extract<Destination, { readonly kind: 'goodbye' }> = {
  kind: 'goodbye',
  prompts: ['transition-ended'],
  result: 'informed',
  reason: 'test',
};
/** The first with a key, the second without. */
export const NOTICES: readonly Announcement[] = [
  { id: 'water', prompts: ['notice-water'], subscribeKey: '1' },
  { id: 'power', prompts: ['notice-power'], subscribeKey: null },
];
const planTo = (destination: Destination): CallPlan => ({
  recognition: { line: null, method: 'none', confidence: 'certain', reason: 'test', loop: false },
  mode: 'MAIN',
  prompts: ['greeting-main'],
  announcements: [],
  destination,
  whisper: '线路',
  anomalies: [],
});

/** 1 the desk, 2 a unit, 3 another line, 4 goodbye, 5 a ticket's progress, 6 a message; no key or a wrong one: the desk. */
export const MENU: Menu = {
  code: 'menu',
  name: '菜单',
  languages: ['zh-CN'],
  start: 'start',
  nodes: [
    {
      ...NODE_DEFAULTS,
      id: 'start',
      name: '菜单',
      prompts: [prompt('menu-person')],
      choices: (
        [
          ['1', { kind: 'queue', queue: 'desk' }],
          ['2', { kind: 'number', number: '051384139001', trunk: 'carrier', returnQueue: 'general' }],
          ['3', { kind: 'line', number: '12348' }],
          ['4', { kind: 'goodbye', prompts: [] }],
          [
            '5',
            {
              kind: 'ticketStatus',
              ask: [],
              notFound: [],
              timeoutMs: 5_000,
              retries: 0,
              afterwards: { kind: 'queue', queue: 'desk' },
              exit: { kind: 'queue', queue: 'desk' },
            },
          ],
          ['6', { kind: 'message', prompts: [prompt('menu-message')], queue: 'desk', maxMs: 60_000 }],
        ] as const
      ).map(([digits, target]) => ({ digits, label: digits, target, when: null, counter: null })),
      exit: { kind: 'queue', queue: 'desk' },
    },
  ],
  texts: {},
};

/** Without a key: they announce, and go to their exit. */
const ONLY_TOLD: readonly string[] = ['told-message', 'told-line'];
/** Menus that lead elsewhere than to a queue, each by its own exit: after its prompt, and after a ticket's progress. */
const EXITS = {
  'to-message': { kind: 'message', prompts: [], queue: 'desk', maxMs: 60_000 },
  'told-message': { kind: 'message', prompts: [], queue: 'desk', maxMs: 60_000 },
  'told-line': { kind: 'line', number: '12399' },
  'to-unit': { kind: 'number', number: '051384139001', trunk: 'carrier', returnQueue: 'general' },
  'to-goodbye': { kind: 'goodbye', prompts: [] },
  'to-line': { kind: 'line', number: '12399' },
} as const satisfies Record<string, Exit>;
export const EXIT_MENUS = Object.keys(EXITS);

function menuOf(code: string): Menu | null {
  if (code === MENU.code) return MENU;
  const exit = Object.entries(EXITS).find(([name]) => name === code)?.[1];
  if (exit === undefined) return null;
  const ticket = { ask: [], notFound: [], timeoutMs: 5_000, retries: 0, afterwards: exit, exit };
  const choice = {
    digits: '5',
    label: '进度',
    target: { kind: 'ticketStatus', ...ticket },
    when: null,
    counter: null,
  } as const;
  const node = { ...NODE_DEFAULTS, id: 'start', name: code, prompts: [prompt('menu-person')], exit };
  return {
    ...MENU,
    code,
    nodes: [{ ...node, retries: 0, choices: ONLY_TOLD.includes(code) ? [] : [choice] }],
  };
}

export const at = (nowMs: number): CallContext => ({
  nowMs,
  generalQueue: 'general',
  menu: (code, caller) => {
    const menu = menuOf(code);
    const moment = { nowMs, minuteOfDay: 600, weekday: 1, dayKind: 'workday' } as const;
    return menu === null ? null : { menu, moment, caller, generalQueue: 'general' };
  },
  ringable: () => null,
  planLine: (number) => ({
    ...planTo(toUnit),
    whisper: '另一线路',
    announcements: number === '12399' ? NOTICES : [],
  }),
  // To whom it was offered once.
  callbackRule: (call) => (call.waiting?.offeredMs === undefined ? null : USUAL_CALLBACK_RULE),
  queueNow: () => ({ waiting: 0, longestWaitMs: 0, signedIn: 1, able: 1 }),
  ableAtWork: () => true,
  withinReach: () => true,
  queueRules: (code) => ({
    ...QUEUE_BEFORE,
    ...(code === 'last' ? { lastResort: 'message', lastResortAfterMs: 1_000 } : {}),
    ringTimeoutMs: 15_000,
    overflowQueue: code === 'desk' ? 'general' : null,
    overflowAfterMs: code === 'desk' ? 20_000 : null,
    rating: code === 'asking' ? 'keys' : 'off',
  }),
});

export const born = (
  destination: Destination = toQueue,
  menu: string | null = null,
  announcements: readonly Announcement[] = [],
): Decision =>
  arrive(
    {
      id: CALL_ID,
      channel: 'channel',
      dialled: '12345',
      callerNumber: '13800138000',
      plan: { ...planTo(destination), menu, announcements },
      configurationVersion: 1,
    },
    0,
  );

export const offered: CallEvent = {
  type: 'offered',
  agentId: 'agent1',
  phone: 'phone1',
  queue: 'desk',
  reason: 'longest idle',
};
export const callerEnded: CallEvent = { type: 'callerEnded', reason: 'normal', lost: false };
export const callerLost: CallEvent = { type: 'callerEnded', reason: 'unknown', lost: true };
export const legEnded = (leg: string, reason: 'normal' | 'busy' | 'unknown' = 'normal', phoneLost = false) =>
  ({ type: 'legEnded', leg, reason, phoneLost }) as const;
export const played = (call: Call): CallEvent => ({
  type: 'playbackEnded',
  playback: call.playback ?? 'none',
  end: 'finished',
});
/** Missing, or the command failed. */
export const unheard = (call: Call): CallEvent => ({ ...played(call), end: 'failed' }) as CallEvent;
export const timeout = (call: Call): CallEvent => ({ type: 'timeout', epoch: call.epoch });

/** Leads a call along events that are made from the call as it then is. */
export function lead(call: Call, ...events: readonly (CallEvent | ((call: Call) => CallEvent))[]): Call {
  return events.reduce<Call>(
    (now, event) => decide(now, typeof event === 'function' ? event(now) : event, at(1_000)).call,
    call,
  );
}

const answered: CallEvent = { type: 'answerDone', outcome: 'done' };
const legOf = (call: Call): string => call.leg?.id ?? 'none';
const legAnswered = (call: Call): CallEvent => ({ type: 'legAnswered', leg: legOf(call) });
const connected = (call: Call): CallEvent => ({ type: 'connectDone', leg: legOf(call), outcome: 'done' });

/** A call in each state, come there as a call comes there. */
export function inState(state: CallState): Call {
  const fresh = born().call;
  switch (state) {
    case 'arrived':
      return fresh;
    case 'greeting':
      return lead(fresh, answered);
    case 'announcing':
      return announced(toQueue);
    case 'menu':
      return lead(born(toQueue, MENU.code).call, answered, played);
    case 'askingMessage':
      return lead(awaited(), press('6'));
    case 'recording':
      return lead(inState('askingMessage'), played);
    case 'queued':
      return lead(fresh, answered, played);
    case 'ringingAgent':
      return lead(inState('queued'), offered);
    case 'connecting':
      return lead(inState('ringingAgent'), legAnswered);
    case 'talking':
      return lead(inState('connecting'), connected);
    case 'rating':
      return lead(talkingTo(toAsking), legEnded(LEG));
    case 'goodbye':
      return lead(inState('talking'), legEnded(LEG));
    case 'releasing':
      return lead(inState('goodbye'), played);
    case 'ringingOutside':
      return lead(born(toUnit).call, answered, played);
    case 'returning':
      return lead(inState('ringingOutside'), legEnded('c.u1', 'busy'));
    case 'callingAgent':
      return placed().call;
    case 'askingUnit':
      return lead(placedForUnit().call, legAnswered);
    case 'dialling':
      return lead(placed().call, legAnswered);
    case 'callingCitizen':
      return surveyed().call;
    case 'surveying':
      return lead(surveyed().call, { type: 'legAnswered', leg: `${CALL_ID}.t1` });
    case 'ended':
      return lead(fresh, callerEnded);
    default:
      return state satisfies never;
  }
}

/** An agent of that destination talks. */
export const talkingTo = (destination: Destination): Call =>
  lead(born(destination).call, answered, played, offered, legAnswered, connected);
/** A citizen whom the machine calls. */
export const surveyed = (given: GivenAnswers = {}): Decision =>
  placeSurvey(
    {
      id: CALL_ID,
      number: '13800138000',
      plan: planTo(toQueue),
      configurationVersion: 1,
      outbound: {
        purpose: 'survey',
        subject: { callbackId: null, ticketId: 'ticket1', missedCallId: null },
        trunk: 'carrier',
        callerId: '12345',
        ringTimeoutMs: 35_000,
        shortWrapUpMs: 0,
      },
      queue: 'general',
      matters: [{ given, words: [] }],
    },
    0,
  );
/** Whom a unit has on call is asked to confirm an urgent ticket. */
export const askedForReceipt = (): Decision => {
  const { call } = surveyed();
  const { id, callerNumber: number, plan, configurationVersion, outbound } = call;
  if (outbound == null) throw new Error('a call out');
  const order = {
    id,
    number,
    plan,
    configurationVersion,
    outbound: { ...outbound, purpose: 'urgentNotice' },
  } as const;
  return placeReceipt({ ...order, queue: 'general', words: ['urgent-hello', 'digit-1'] }, 0);
};
/** A call to a citizen, as it begins. */
export const placed = (): Decision =>
  place(
    {
      id: CALL_ID,
      number: '13800138000',
      plan: planTo(toQueue),
      configurationVersion: 1,
      agent: { agentId: 'agent1', phone: 'phone1', ringTimeoutMs: 15_000 },
      reason: 'longest idle',
      outbound: {
        purpose: 'queueCallback',
        subject: { callbackId: 'callback1', ticketId: null, missedCallId: null },
        trunk: 'carrier',
        callerId: '12345',
        ringTimeoutMs: 35_000,
        shortWrapUpMs: 5_000,
      },
    },
    0,
  );
/** A unit's own person calls. */
export const placedForUnit = (): Decision =>
  placeForUnit(
    {
      id: CALL_ID,
      number: '13800138000',
      plan: planTo(toQueue),
      configurationVersion: 1,
      unit: { number: '051384139001', ringTimeoutMs: 30_000 },
      outbound: {
        purpose: 'unitContact',
        subject: { callbackId: null, ticketId: 'ticket1', missedCallId: null },
        trunk: 'carrier',
        callerId: '12345',
        ringTimeoutMs: 35_000,
        shortWrapUpMs: 5_000,
      },
    },
    0,
  );
/** The citizen's telephone is tried, and both are in one bridge. */
export const joinedDialling = (): Call => lead(inState('dialling'), connected);

/** Waiting, and told of the key. */
export function callbackOffered(): Call {
  const call = inState('queued');
  return { ...call, waiting: call.waiting && { ...call.waiting, offeredMs: 0 } };
}

/** The first announcement plays. */
export const announced = (destination: Destination, menu: string | null = null): Call =>
  lead(born(destination, menu, NOTICES).call, answered, played);

/** Waiting, and an incident that has begun meanwhile is told. */
export function noticed(): Call {
  const noticesFor = () => NOTICES.slice(0, 1);
  return decide(inState('queued'), { type: 'lookAround' }, { ...at(1_000), noticesFor }).call;
}

export function unitConnecting(): Call {
  return lead(inState('ringingOutside'), legAnswered);
}

/** Waiting, with the announcement on that takes the place of the music. */
export function comforted(): Call {
  const call = inState('queued');
  return decide(call, timeout(call), at(900_000)).call;
}

export const recordingEnded = (
  end: 'stopped' | 'silent' | 'full' | 'failed' | 'hungUp',
  { recording = 'c.m1', durationMs = 4_000 }: { recording?: string; durationMs?: number } = {},
): CallEvent => ({ type: 'recordingEnded', recording, end, durationMs, spokenMs: durationMs });

export const press = (digit: string): CallEvent => ({ type: 'digit', digit });
/** In the menu, its prompts over, a key awaited. */
export const awaited = (): Call => lead(inState('menu'), played);

/** The digits of a ticket are typed, and it is being looked up. */
export const lookingUp = (menu = MENU.code): Call =>
  lead(born(toQueue, menu).call, answered, ...[...'56789'].map(press), played);

/** In a menu that the version found after a restart does not have. */
export function withoutMenu(destination: Destination): Call {
  const call = inState('menu');
  const menu = call.menu ?? null;
  return {
    ...call,
    plan: { ...call.plan, destination },
    menu: menu && { ...menu, state: { ...menu.state, menu: 'gone' } },
  };
}
