import type { Announcement } from '../hotlines/call-plan.ts';
import { PLAYING_AT_MOST_MS } from '../ivr/recording-check.ts';
import { announcementStep, KEY_AFTER_MS } from './announcement-step.ts';
import type { Announcing, Call } from './call.ts';
import type { CallContext } from './call-context.ts';
import { isInformed, personInstead } from './ending.ts';
import type { CallFact } from './facts.ts';
import { greeted, keep, type Onward } from './menu-moves.ts';
import { noticeHeard } from './notice-moves.ts';
import { playing, type Step, said, stopping } from './steps.ts';

// Announcements of incidents stand between the greeting and everything else, heard one after the other. The key that
// an announcement tells of is heard while it plays and for a moment after; every other key is kept for the menu.

type Next = Onward;

const CONFIRMING_AT_MOST_MS = 10_000;

export function announcingTimeoutMs({ phase }: Announcing): number {
  switch (phase) {
    case 'playing':
      return PLAYING_AT_MOST_MS;
    case 'awaiting':
      return KEY_AFTER_MS;
    case 'confirming':
      return CONFIRMING_AT_MOST_MS;
    default:
      return phase satisfies never;
  }
}

/** The greeting is over; where it was to inform in place of a person and could not, a person it is. */
export function greetedThenAnnounced(call: Call, end: string, context: CallContext): Next {
  if (end !== 'failed' || !isInformed(call.plan)) return announceFrom(call, 0, said(call, end), context);
  const plan = personInstead(call.plan, context);
  const on = announceFrom({ ...call, plan }, 0, said(call, end), context);
  return { ...on, change: { plan, ...on.change } };
}

/** The end of the greeting was never told: it may still be playing. */
export function greetingTimeUp(call: Call, context: CallContext): Next {
  const on = announceFrom({ ...call, playback: null }, 0, said(call, 'timedOut'), context);
  return { ...on, commands: [...stopping(call), ...(on.commands ?? [])] };
}

function announceFrom(call: Call, at: number, before: readonly CallFact[], context: CallContext): Next {
  return announcementStep(call, at, before) ?? greeted(call, before, context);
}

const current = (call: Call): Announcement | undefined =>
  call.plan.announcements[call.announcing?.at ?? Number.POSITIVE_INFINITY];

function heard(call: Call, end: string): CallFact[] {
  const announcement = current(call);
  const whole: CallFact[] =
    announcement === undefined || call.announcing?.phase !== 'playing'
      ? []
      : [{ type: 'noticePlayed', announcement: announcement.id, end }];
  return call.announcing?.phase === 'awaiting' ? [] : [...said(call, end), ...whole];
}

/** For the time when he waits: nobody is told the same twice. */
function remembered(call: Call, end: string): Partial<Call> {
  const announcement = current(call);
  return announcement === undefined || call.announcing?.phase !== 'playing'
    ? {}
    : noticeHeard(call, announcement.id, end);
}

function next(call: Call, end: string, before: readonly CallFact[], context: CallContext): Next {
  const change = remembered(call, end);
  const on = announceFrom({ ...call, ...change }, (call.announcing?.at ?? 0) + 1, before, context);
  return { ...on, change: { ...change, ...on.change } };
}

/** What was playing is over, however: the key may still come, if there is one and somebody heard of it. */
export function announced(call: Call, end: string, context: CallContext): Next {
  const facts = heard(call, end);
  const { announcing } = call;
  const awaits = announcing?.phase === 'playing' && end === 'finished' && current(call)?.subscribeKey != null;
  if (announcing == null || !awaits) return next({ ...call, playback: null }, end, facts, context);
  return {
    to: 'announcing',
    change: { ...remembered(call, end), playback: null, announcing: { ...announcing, phase: 'awaiting' } },
    facts,
  };
}

export function announcedTimeUp(call: Call, context: CallContext): Next {
  const on = next({ ...call, playback: null }, 'timedOut', heard(call, 'timedOut'), context);
  return { ...on, commands: [...stopping(call), ...(on.commands ?? [])] };
}

/** Who hangs up now has what he called for: told of the announcement that was on, in whichever phase. */
export function hungUpDuring(call: Call): CallFact[] {
  const announcement = current(call);
  return announcement === undefined
    ? []
    : [{ type: 'noticePlayed', announcement: announcement.id, end: 'hungUp' }];
}

export function keyWhileAnnounced(
  call: Call,
  { digit }: { readonly digit: string },
): Step<'announcing'> | null {
  const announcement = current(call);
  const { announcing } = call;
  if (announcement === undefined || announcing == null) return null;
  if (digit !== announcement.subscribeKey) return keep(call, digit, 'announcing');
  // Pressed twice it is one wish, and not the first key of the menu.
  if (announcing.phase === 'confirming') return null;
  const { change, command } = playing(call, ['notice-subscribed']);
  return {
    to: 'announcing',
    change: {
      ...remembered(call, 'cancelled'),
      ...change,
      announcing: { ...announcing, phase: 'confirming' },
    },
    commands: [...stopping(call), command],
    facts: [...heard(call, 'cancelled'), { type: 'noticeSubscribed', announcement: announcement.id }],
  };
}
