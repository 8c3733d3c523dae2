import type { DialOutcome } from '../callbacks/dial-outcome.ts';
import type { OutboundPurpose } from '../callbacks/purposes.ts';
import type { GivenAnswers } from '../callbacks/survey/dialogue.ts';
import type { SurveyResult } from '../callbacks/survey/outcome.ts';
import type { ModeInForce } from '../hotlines/mode-at.ts';
import type { MenuNote } from '../ivr/course.ts';
import type { Grade, RatingEnd } from '../rating/grades.ts';
import type { WhyWaiting } from '../routing/reasons.ts';
import type { ActKind } from './conversation/acts.ts';

/**
 * The first three: a person talked with the citizen. `refused` and `informed` heard a good-bye that the rules provide,
 * or the announcement that made them hang up; `messageLeft` spoke to the machine; `callbackPromised` is to be called
 * back. The last two: a call that we made, and whether it came to a talk, or to
 * answers given to the machine.
 */
export const CALL_RESULTS = [
  'answeredByAgent',
  'answeredByUnit',
  'answeredByCentre',
  'informed',
  'messageLeft',
  'abandoned',
  'refused',
  'lost',
  'callbackPromised',
  'reached',
  'notReached',
] as const;
export type CallResult = (typeof CALL_RESULTS)[number];

/** What can be told about a call, in the order in which it happened. */
export type CallFact =
  | {
      readonly type: 'callArrived';
      readonly trunk: string;
      readonly dialled: string;
      readonly callerNumber: string;
      /** Raw headers by which the number was recognised. */
      readonly headers: Readonly<Record<string, string | readonly string[]>>;
      /** Where the switch writes it, below the folder of recordings; '' when it does not. */
      readonly recording: string;
      /** Why it does not. */
      readonly recordingFault?: string;
    }
  /** Sensitive data is being said: silence is recorded until then at the latest. */
  | {
      readonly type: 'recordingPaused';
      readonly by: string;
      readonly reason: string;
      readonly untilMs: number;
    }
  /** The switch confirmed it. */
  | { readonly type: 'recordingSilenced' }
  | {
      readonly type: 'recordingResumed';
      readonly how: 'asked' | 'timeUp' | 'agentLeft' | 'callEnded';
    }
  /** Of a call that we make: as `callArrived` says it of one that comes in. */
  | { readonly type: 'recordingBegan'; readonly recording: string; readonly recordingFault?: string }
  /** Staff among themselves, recorded apart from the citizen; absent in facts of an earlier release: who. */
  | {
      readonly type: 'segmentBegan';
      readonly segment: string;
      readonly recording: string;
      readonly legs?: readonly string[];
    }
  /** `fault`: as in domain/recordings, when it was not written. */
  | { readonly type: 'segmentEnded'; readonly segment: string; readonly fault?: 'notStarted' }
  | {
      readonly type: 'callRecognised';
      readonly line: string | null;
      readonly mode: ModeInForce;
      readonly method: string;
      readonly confidence: 'certain' | 'likely' | 'guess';
      readonly reason: string;
      readonly configurationVersion: number;
    }
  /** The first of a call that we make, in the place of `callArrived`. */
  | {
      readonly type: 'callPlaced';
      readonly purpose: OutboundPurpose;
      readonly callbackId: string | null;
      readonly ticketId: string | null;
      readonly missedCallId: string | null;
      readonly trunk: string;
      readonly callerId: string;
      readonly callerNumber: string;
      readonly line: string | null;
      /** null: a unit's own person, by a telephone of the unit, or the machine. */
      readonly agentId: string | null;
      readonly configurationVersion: number;
    }
  /** How an automatic return visit ended, whatever way it did, with the answers given; `dial`: why nobody was reached. */
  | {
      readonly type: 'surveyEnded';
      readonly how: SurveyResult;
      readonly dial: DialOutcome | null;
      /** About the first matter. */
      readonly given: GivenAnswers;
      /** About the others, where there were any. */
      readonly further?: readonly GivenAnswers[];
      /** So many of several were through before it ended. */
      readonly through?: number;
    }
  /** What the citizen's telephone said, or the agent who listened to it. */
  | { readonly type: 'citizenDialled'; readonly outcome: DialOutcome }
  | { readonly type: 'callAnswered' }
  | { readonly type: 'announcementPlayed'; readonly prompt: string; readonly end: string }
  /** One announcement of the plan, whole: its prompts are told besides. */
  | { readonly type: 'noticePlayed'; readonly announcement: string; readonly end: string }
  /** The citizen pressed the key: he wants to be told when it is over. */
  | { readonly type: 'noticeSubscribed'; readonly announcement: string }
  /** A menu's keys are no secret; a ticket's digits come masked. */
  | MenuNote
  | { readonly type: 'menuLeft'; readonly menu: string; readonly to: string; readonly reason: string }
  /** A message lies in the folder of messages under that name; what is not known of it (null) the file tells. */
  | {
      readonly type: 'messageLeft';
      readonly recording: string;
      readonly queue: string;
      readonly end: string;
      readonly durationMs: number | null;
      readonly spokenMs: number | null;
    }
  | { readonly type: 'queueEntered'; readonly queue: string; readonly reason: string }
  /** Why he waits from now on, and at which desks, his own first: told when either is another than it was. */
  | {
      readonly type: 'waitExplained';
      readonly queues: readonly string[];
      readonly why: WhyWaiting['kind'];
      readonly reason: string;
      readonly reasonEn: string;
    }
  /** Nobody at these desks can do what he asks for: from now on it is required no more. */
  | { readonly type: 'askEased'; readonly queues: readonly string[]; readonly reason: string }
  | { readonly type: 'callbackOffered'; readonly queue: string }
  | { readonly type: 'callbackPromised'; readonly queue: string }
  /** The place of a callback that this citizen waited for; since when he waits by it. */
  | { readonly type: 'placeKept'; readonly callback: string; readonly sinceMs: number }
  | {
      readonly type: 'queueLeft';
      readonly queue: string;
      readonly how: 'answered' | 'abandoned' | 'overflowed' | 'moved' | 'answeredElsewhere' | 'callback';
    }
  | {
      readonly type: 'legRang';
      readonly leg: string;
      readonly agentId: string | null;
      readonly number: string | null;
      /** Why this agent (or unit) and not another. */
      readonly reason: string;
    }
  | { readonly type: 'legAnswered'; readonly leg: string }
  /** `by`: the agent who ended it, if one did. */
  | { readonly type: 'legEnded'; readonly leg: string; readonly how: string; readonly by?: string }
  | { readonly type: 'talkStarted'; readonly leg: string; readonly agentId: string | null }
  /** The citizen was asked how the talk on that leg was; `grade` if he said. */
  | {
      readonly type: 'rating';
      readonly agentId: string | null;
      readonly leg: string;
      readonly how: RatingEnd;
      readonly grade: Grade | null;
    }
  | TalkFact
  /** Nobody is rung: why, and by which restriction of the caller's number if by one. */
  | {
      readonly type: 'farewell';
      readonly result: 'refused' | 'informed';
      readonly reason: string;
      readonly restriction: string | null;
    }
  | {
      readonly type: 'callEnded';
      /** Derived from ordered facts, not from cause codes (asterisk#963). */
      readonly releasedBy: 'caller' | 'agent' | 'unit' | 'centre' | 'system';
      readonly result: CallResult;
      readonly detail: string;
    }
  | { readonly type: 'anomaly'; readonly code: string; readonly detail: string };

/** What happens in a talk; `by`: the agent whose doing it was, null when nobody's. `leg`: a party's, or `citizen`. */
type TalkFact =
  | {
      readonly type: 'citizenHeld';
      readonly why: 'hold' | 'consult' | 'transfer' | 'rejoin';
      readonly by: string | null;
    }
  | { readonly type: 'citizenResumed'; readonly heldMs: number }
  | { readonly type: 'holdReminded'; readonly nth: number; readonly by: string | null }
  | { readonly type: 'consulted'; readonly leg: string; readonly by: string }
  | { readonly type: 'swapped'; readonly to: string; readonly by: string }
  /** `to`: a leg, or a queue. */
  | {
      readonly type: 'transferred';
      readonly how: 'blind' | 'consulted' | 'queue';
      readonly to: string;
      readonly by: string;
    }
  | {
      readonly type: 'partyJoined';
      readonly leg: string;
      readonly kind: 'agent' | 'unit' | 'centre' | 'number' | 'emergency' | 'onCall';
      readonly agentId: string | null;
      readonly how: string;
      readonly by: string | null;
    }
  /** What an agent asked for in the talk and was granted: each key once, however often it came. */
  | { readonly type: 'commandDone'; readonly act: ActKind; readonly by: string; readonly key: string }
  /** A lead at the talk, on his own leg: `ended` with how, all else with his reason. */
  | {
      readonly type: 'listenedIn';
      readonly leg: string;
      readonly by: string;
      readonly how: 'monitor' | 'whisper' | 'barge' | 'ended';
      readonly reason: string;
    }
  | { readonly type: 'muted' | 'unmuted'; readonly leg: string; readonly by: string }
  /** Which keys is told to nobody. */
  | { readonly type: 'digitsSent'; readonly leg: string; readonly count: number; readonly by: string }
  | {
      readonly type: 'emergencyCalled';
      readonly leg: string;
      readonly desk: string;
      readonly by: string | null;
    }
  /** Who is on call is called into the talk; over when somebody came, nobody is left, or an agent (`by`) called it off. */
  | { readonly type: 'bridgeOpened'; readonly list: string; readonly by: string }
  | {
      readonly type: 'bridgeOver';
      readonly list: string;
      readonly how: 'confirmed' | 'exhausted' | 'calledOff';
      readonly by?: string;
    }
  /** He pressed the key. */
  | { readonly type: 'dutyConfirmed'; readonly leg: string }
  | { readonly type: 'emergencyAccepted'; readonly leg: string; readonly desk: string; readonly by: string };
