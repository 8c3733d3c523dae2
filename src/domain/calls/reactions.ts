import {
  announced,
  announcedTimeUp,
  greetedThenAnnounced,
  greetingTimeUp,
  hungUpDuring,
  keyWhileAnnounced,
} from './announce-moves.ts';
import { answerWanted } from './answer-moves.ts';
import type { Call } from './call.ts';
import type { CallCommand } from './call-command.ts';
import type { CallContext } from './call-context.ts';
import type { CallEvent } from './call-event.ts';
import type { CallState, HeededBy, LeadsTo } from './call-table.ts';
import { callbackWanted, placeKept } from './callback-moves.ts';
import { act } from './conversation/acting.ts';
import { answerInTalk } from './conversation/answering.ts';
import { partyKey, saidToParty } from './conversation/confirming.ts';
import { takenOver } from './conversation/taking-over.ts';
import { agentReleases, joinDone, misplaced, partyAnswered, partyEnded } from './conversation/talk-events.ts';
import { talkTime } from './conversation/timing.ts';
import { over, release, wordsOver } from './ending.ts';
import { endedAbnormally } from './hangup.ts';
import { inMenu, keep, lookedUp } from './menu-moves.ts';
import { asked, endMessage, recorded, recordingTimeUp, recordMessage } from './message-moves.ts';
import { connect, greet, notConnected, talk } from './moves.ts';
import { noticeKey } from './notice-moves.ts';
import { notTaken, offered, ringingTimeUp } from './offer-moves.ts';
import {
  agentNotThere,
  agentSilent,
  agentThere,
  calledBack,
  calledOff,
  citizenGone,
  citizenThere,
  giveUp,
  joined,
  toldNotReached,
} from './outbound-moves.ts';
import { outsideGone, returned } from './outside-moves.ts';
import { comforted, lookAfter, musicAgain, queueGone } from './queue-moves.ts';
import { ratingAsked, ratingKey, ratingLeft, ratingTimeUp } from './rating-moves.ts';
import { type Step, said } from './steps.ts';
import {
  notAnswered,
  stopRinging,
  surveyAnswered,
  surveyKey,
  surveyLeft,
  surveyRecorded,
  surveySaid,
  surveyTimeUp,
} from './survey-moves.ts';
import { askUnit, unitAsked, unitKey, unitNotThere } from './unit-call-moves.ts';

type Told<E extends CallEvent['type']> = Extract<CallEvent, { readonly type: E }>;
type Reaction<S extends CallState, E extends HeededBy<S>> = E extends CallEvent['type']
  ? (call: Call, event: Told<E>, context: CallContext) => Step<LeadsTo<S, E>> | null
  : never;
/** One reaction for each entry of the table, none for what the table does not list: the compiler sees to both. */
type Reactions = { readonly [S in CallState]: { readonly [E in HeededBy<S>]: Reaction<S, E> } };

const callerEnded = (call: Call, event: Told<'callerEnded'>, context: CallContext): Step<'ended'> =>
  over(call, event.reason, event.lost, context);

/** An end that nobody told of, or of a phone that vanished: the leg may still be there, or come yet. */
const clearLeg = ({ leg, reason, phoneLost }: Told<'legEnded'>): CallCommand[] =>
  phoneLost || reason === 'unknown' ? [{ kind: 'hangupLeg', leg, reason: 'unreachable' }] : [];

/** null: the event speaks of another playback, leg or moment than the present one, and changes nothing. */
export const REACTIONS: Reactions = {
  callingAgent: {
    legAnswered: (call, { leg }) => (call.leg?.kind === 'unit' ? askUnit(call, leg) : agentThere(call, leg)),
    answerWanted: (call, event) => answerWanted({ ...call, state: 'callingAgent' }, event),
    legEnded: (call, { leg, reason, phoneLost }) => agentNotThere(call, leg, reason, phoneLost),
    agentReleases: (call) => calledOff(call, 'agentReleased'),
    calledOff: (call, { why }) => calledOff(call, why),
    timeout: agentSilent,
    callerEnded: (call, { reason }) => calledOff(call, reason),
  },
  askingUnit: {
    legDigit: (call, { leg, digit }) => unitKey(call, leg, digit),
    playbackEnded: (call, { playback, end }) => unitAsked(call, playback, end),
    legEnded: (call, { leg, reason }) => (leg === call.leg?.id ? unitNotThere(call, reason, false) : null),
    calledOff: (call, { why }) => unitNotThere(call, why, true),
    timeout: (call) => unitNotThere(call, 'noKey', true),
    callerEnded: (call, { reason }) => unitNotThere(call, reason, true),
  },
  dialling: {
    connectDone: (call, { leg, outcome }) => joined(call, leg, outcome === 'done'),
    legAnswered: (call, { leg }) => citizenThere(call, leg),
    legEnded: (call, { leg, reason, phoneLost }) => {
      if (leg !== call.leg?.id) return null;
      const isLost = phoneLost || endedAbnormally(reason, phoneLost);
      return isLost
        ? giveUp(call, 'lost', reason, {
            hangUp: true,
            change: { type: 'failed', reason: 'phoneUnreachable' },
          })
        : giveUp(call, 'gaveUp', reason, { hangUp: false });
    },
    agentReleases: (call) => giveUp(call, 'gaveUp', 'agentReleased', { hangUp: true }),
    notReached: (call, { outcome }) => toldNotReached(call, outcome),
    calledOff: (call, { why }) => calledBack(call, why),
    timeout: (call) => giveUp(call, 'noAnswer', 'timeout', { hangUp: true }),
    callerEnded: (call, { reason, lost }) => citizenGone(call, reason, lost),
  },
  callingCitizen: {
    legAnswered: (call, { leg }) => surveyAnswered(call, leg),
    calledOff: (call) => stopRinging(call, 'gaveUp'),
    timeout: (call) => stopRinging(call, 'noAnswer'),
    callerEnded: (call, { reason, lost }) => notAnswered(call, reason, lost),
  },
  surveying: {
    digit: (call, { digit }, context) => surveyKey(call, digit, context),
    playbackEnded: (call, { playback, end }, context) =>
      playback === call.playback ? surveySaid(call, end, context) : null,
    recordingEnded: surveyRecorded,
    timeout: (call, _event, context) => surveyTimeUp(call, context),
    callerEnded: (call, event, context) => {
      const end = callerEnded(call, event, context);
      return { ...end, facts: [...surveyLeft(call, event.lost), ...(end.facts ?? [])] };
    },
  },
  arrived: {
    answerDone: (call, { outcome }) => greet(call, outcome === 'done'),
    timeout: (call) => greet(call, false),
    callerKnown: (_call, { caller }) => ({ to: 'arrived', stays: true, change: { caller } }),
    callerEnded,
  },
  greeting: {
    playbackEnded: (call, { playback, end }, context) =>
      playback === call.playback ? greetedThenAnnounced({ ...call, playback: null }, end, context) : null,
    timeout: (call, _event, context) => greetingTimeUp(call, context),
    digit: (call, { digit }) => keep(call, digit, 'greeting'),
    callerKnown: (_call, { caller }) => ({ to: 'greeting', stays: true, change: { caller } }),
    callerEnded,
  },
  announcing: {
    playbackEnded: (call, { playback, end }, context) =>
      playback === call.playback ? announced(call, end, context) : null,
    timeout: (call, _event, context) => announcedTimeUp(call, context),
    digit: keyWhileAnnounced,
    callerKnown: (_call, { caller }) => ({ to: 'announcing', stays: true, change: { caller } }),
    callerEnded: (call, event, context) => {
      const end = callerEnded(call, event, context);
      return { ...end, facts: [...hungUpDuring(call), ...(end.facts ?? [])] };
    },
  },
  menu: {
    playbackEnded: (call, { playback, end }, context) =>
      playback === call.playback
        ? inMenu(call, { kind: end === 'failed' ? 'promptFailed' : 'promptFinished' }, end, context)
        : null,
    digit: (call, { digit }, context) => inMenu(call, { kind: 'digit', digit }, 'cancelled', context),
    ticketLookedUp: lookedUp,
    timeout: (call, _event, context) => inMenu(call, { kind: 'timeout' }, 'timedOut', context),
    callerEnded,
  },
  askingMessage: {
    playbackEnded: (call, { playback, end }, context) =>
      playback === call.playback ? asked(call, end, context) : null,
    timeout: (call, _event, context) => recordMessage(call, 'timedOut', context),
    callerEnded,
  },
  recording: {
    recordingEnded: recorded,
    digit: endMessage,
    timeout: (call, _event, context) => recordingTimeUp(call, context),
    callerEnded,
  },
  queued: {
    offered,
    digit: (call, { digit }, context) =>
      noticeKey({ ...call, state: 'queued' }, digit, context) ?? callbackWanted(call, digit, context),
    placeKept: (call, event) => placeKept({ ...call, state: 'queued' }, event),
    playbackEnded: (call, { playback, end }, context) =>
      playback === call.playback ? { ...comforted(call, end, context), to: 'queued' } : null,
    queueGone: (call, { to }, context) => queueGone(call, to, context),
    musicInDoubt: (call) => musicAgain({ ...call, state: 'queued' }),
    lookAround: (call, _event, context) => lookAfter(call, context),
    timeout: (call, _event, context) => lookAfter(call, context),
    callerEnded,
  },
  ringingAgent: {
    legAnswered: (call, event) => connect(call, event.leg),
    answerWanted: (call, event) => answerWanted({ ...call, state: 'ringingAgent' }, event),
    legEnded: (call, event) => notTaken(call, event, clearLeg(event)),
    placeKept: (call, event) => placeKept({ ...call, state: 'ringingAgent' }, event),
    musicInDoubt: (call) => musicAgain({ ...call, state: 'ringingAgent' }),
    digit: (call, { digit }, context) => noticeKey({ ...call, state: 'ringingAgent' }, digit, context),
    playbackEnded: (call, { playback, end }, context) =>
      playback === call.playback
        ? { ...comforted(call, end, context), to: 'ringingAgent', stays: true }
        : null,
    timeout: ringingTimeUp,
    callerEnded,
  },
  ringingOutside: {
    legAnswered: (call, event) => connect(call, event.leg),
    musicInDoubt: (call) => musicAgain({ ...call, state: 'ringingOutside' }),
    legEnded: (call, event) =>
      event.leg === call.leg?.id ? outsideGone(call, event.reason, clearLeg(event)) : null,
    timeout: (call) =>
      outsideGone(
        call,
        'noAnswer',
        call.leg === null ? [] : [{ kind: 'hangupLeg', leg: call.leg.id, reason: 'noAnswer' }],
      ),
    callerEnded,
  },
  returning: {
    playbackEnded: (call, { playback, end }, context) =>
      playback === call.playback ? returned(call, end, context) : null,
    timeout: (call, _event, context) => returned(call, 'timedOut', context),
    callerEnded,
  },
  connecting: {
    connectDone: (call, { leg, outcome }, context) => {
      if (leg !== call.leg?.id) return null;
      return outcome === 'done'
        ? talk(call, context)
        : notConnected(call, context, `connect ${outcome}`, true);
    },
    legEnded: (call, event, context) =>
      event.leg === call.leg?.id
        ? notConnected(call, context, event.reason, clearLeg(event).length > 0)
        : null,
    timeout: (call, _event, context) => notConnected(call, context, 'connect timed out', true),
    callerEnded,
  },
  talking: {
    act,
    legAnswered: partyAnswered,
    answerWanted: answerInTalk,
    joinDone,
    legEnded: partyEnded,
    agentReleases,
    misplaced,
    legDigit: partyKey,
    playbackEnded: saidToParty,
    takenOver,
    notReached: (call, { outcome }) => toldNotReached(call, outcome),
    timeout: (call, _event, context) => talkTime(call, context),
    callerEnded,
  },
  rating: {
    playbackEnded: (call, { playback, end }) => (playback === call.playback ? ratingAsked(call, end) : null),
    digit: ratingKey,
    timeout: ratingTimeUp,
    callerEnded: (call, event, context) => {
      const end = callerEnded(call, event, context);
      return { ...end, facts: [...ratingLeft(call), ...(end.facts ?? [])] };
    },
  },
  goodbye: {
    playbackEnded: (call, { playback, end }, context) =>
      playback === call.playback ? wordsOver(call, end, context) : null,
    timeout: (call) => ({ ...release(call), facts: said(call, 'timedOut') }),
    callerEnded,
  },
  releasing: {
    callerEnded,
    timeout: (call, _event, context) => {
      const end = over(call, 'unknown', true, context);
      return { ...end, commands: [{ kind: 'hangupCaller' }, ...(end.commands ?? [])] };
    },
  },
  ended: {},
};
