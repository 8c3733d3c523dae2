import { PLAYING_AT_MOST_MS } from '../ivr/recording-check.ts';

/**
 * The life of one call. Modes: answered and greeted, told what is announced, through the line's menu if it has one (and
 * told what is announced for the line that it leads to); then to a queue (music), to whoever is rung outside the house (a unit's own telephone, another centre), to a message
 * that is left, or to a good-bye. A queued call is offered to agents one at a time; who answers is connected and talks; whoever hangs up
 * first, the citizen is asked how it was, where the rules
 * want that, hears goodbye and is released. Who waits may ask to be called back and goes.
 *
 * A call that we make begins at the agent (`callingAgent`), goes on at the citizen's telephone (`dialling`), and is from
 * the talk on like every other. A unit's own person who calls is first asked for a key (`askingUnit`). An automatic
 * return visit rings the citizen at once (`callingCitizen`) and asks him by keys (`surveying`, with a table of its own:
 * `callbacks/survey/dialogue`); who presses 0 waits in a queue like every other.
 *
 * For each state: after how long it must not last unattended (`timeoutMs`; 0 means that the state computes its own),
 * and to which states each event may lead. What is not listed is late, repeated or a stranger's, and changes nothing.
 */
export const CALL_TABLE = {
  callingAgent: {
    timeoutMs: 0,
    on: {
      legAnswered: ['dialling', 'askingUnit'],
      answerWanted: ['callingAgent'],
      legEnded: ['ended'],
      agentReleases: ['ended'],
      calledOff: ['ended'],
      timeout: ['ended'],
      callerEnded: ['ended'],
    },
  },
  askingUnit: {
    timeoutMs: 25_000,
    on: {
      legDigit: ['dialling'],
      playbackEnded: ['askingUnit'],
      legEnded: ['ended'],
      calledOff: ['ended'],
      timeout: ['ended'],
      callerEnded: ['ended'],
    },
  },
  dialling: {
    timeoutMs: 0,
    on: {
      connectDone: ['dialling'],
      legAnswered: ['talking', 'connecting'],
      legEnded: ['releasing'],
      agentReleases: ['releasing'],
      notReached: ['releasing'],
      calledOff: ['releasing'],
      timeout: ['releasing'],
      callerEnded: ['ended'],
    },
  },
  callingCitizen: {
    timeoutMs: 0,
    on: {
      legAnswered: ['surveying'],
      calledOff: ['releasing'],
      timeout: ['releasing'],
      callerEnded: ['ended'],
    },
  },
  surveying: {
    timeoutMs: 0,
    on: {
      digit: ['surveying', 'queued', 'goodbye'],
      playbackEnded: ['surveying', 'queued', 'goodbye'],
      recordingEnded: ['goodbye'],
      timeout: ['surveying', 'goodbye'],
      callerEnded: ['ended'],
    },
  },
  arrived: {
    timeoutMs: 5_000,
    on: {
      answerDone: ['greeting'],
      callerKnown: ['arrived'],
      timeout: ['greeting'],
      callerEnded: ['ended'],
    },
  },
  greeting: {
    timeoutMs: PLAYING_AT_MOST_MS,
    on: {
      digit: ['greeting'],
      callerKnown: ['greeting'],
      playbackEnded: ['announcing', 'menu', 'queued', 'ringingOutside', 'askingMessage', 'goodbye'],
      timeout: ['announcing', 'menu', 'queued', 'ringingOutside', 'askingMessage', 'goodbye'],
      callerEnded: ['ended'],
    },
  },
  announcing: {
    timeoutMs: 0,
    on: {
      digit: ['announcing'],
      callerKnown: ['announcing'],
      playbackEnded: ['announcing', 'menu', 'queued', 'ringingOutside', 'askingMessage', 'goodbye'],
      timeout: ['announcing', 'menu', 'queued', 'ringingOutside', 'askingMessage', 'goodbye'],
      callerEnded: ['ended'],
    },
  },
  menu: {
    timeoutMs: 0,
    on: {
      ticketLookedUp: ['menu', 'announcing', 'queued', 'ringingOutside', 'askingMessage', 'goodbye'],
      digit: ['menu', 'announcing', 'queued', 'ringingOutside', 'askingMessage', 'goodbye'],
      playbackEnded: ['menu', 'announcing', 'queued', 'ringingOutside', 'askingMessage', 'goodbye'],
      timeout: ['menu', 'announcing', 'queued', 'ringingOutside', 'askingMessage', 'goodbye'],
      callerEnded: ['ended'],
    },
  },
  askingMessage: {
    timeoutMs: PLAYING_AT_MOST_MS,
    on: { playbackEnded: ['recording', 'queued'], timeout: ['recording'], callerEnded: ['ended'] },
  },
  recording: {
    timeoutMs: 0,
    on: {
      recordingEnded: ['askingMessage', 'goodbye', 'releasing', 'queued'],
      digit: ['recording'],
      timeout: ['goodbye'],
      callerEnded: ['ended'],
    },
  },
  queued: {
    timeoutMs: 0,
    on: {
      offered: ['ringingAgent'],
      digit: ['goodbye', 'queued'],
      placeKept: ['queued'],
      playbackEnded: ['queued'],
      queueGone: ['queued'],
      musicInDoubt: ['queued'],
      lookAround: ['queued', 'askingMessage'],
      timeout: ['queued', 'askingMessage'],
      callerEnded: ['ended'],
    },
  },
  ringingAgent: {
    timeoutMs: 0,
    on: {
      legAnswered: ['connecting'],
      answerWanted: ['ringingAgent'],
      legEnded: ['queued'],
      digit: ['ringingAgent'],
      placeKept: ['ringingAgent'],
      musicInDoubt: ['ringingAgent'],
      playbackEnded: ['ringingAgent'],
      timeout: ['queued'],
      callerEnded: ['ended'],
    },
  },
  ringingOutside: {
    timeoutMs: 0,
    on: {
      legAnswered: ['connecting'],
      musicInDoubt: ['ringingOutside'],
      legEnded: ['returning'],
      timeout: ['returning'],
      callerEnded: ['ended'],
    },
  },
  returning: {
    timeoutMs: PLAYING_AT_MOST_MS,
    on: { playbackEnded: ['queued'], timeout: ['queued'], callerEnded: ['ended'] },
  },
  connecting: {
    timeoutMs: 6_000,
    on: {
      connectDone: ['talking', 'queued', 'returning'],
      legEnded: ['queued', 'returning'],
      timeout: ['queued', 'returning'],
      callerEnded: ['ended'],
    },
  },
  // Who is in the talk, and where, has a table of its own: `conversation/conversation-table.ts`.
  talking: {
    timeoutMs: 600_000,
    on: {
      act: ['talking', 'queued'],
      legAnswered: ['talking'],
      answerWanted: ['talking'],
      joinDone: ['talking', 'queued'],
      legEnded: ['talking', 'rating', 'goodbye', 'queued'],
      agentReleases: ['talking', 'rating', 'goodbye'],
      misplaced: ['talking'],
      legDigit: ['talking'],
      playbackEnded: ['talking'],
      takenOver: ['talking'],
      notReached: ['releasing'],
      timeout: ['talking', 'queued'],
      callerEnded: ['ended'],
    },
  },
  rating: {
    timeoutMs: 0,
    on: {
      digit: ['rating', 'goodbye'],
      playbackEnded: ['rating', 'goodbye'],
      timeout: ['rating', 'goodbye'],
      callerEnded: ['ended'],
    },
  },
  goodbye: {
    timeoutMs: PLAYING_AT_MOST_MS,
    on: { playbackEnded: ['releasing', 'queued'], timeout: ['releasing'], callerEnded: ['ended'] },
  },
  releasing: {
    timeoutMs: 5_000,
    on: { callerEnded: ['ended'], timeout: ['ended'] },
  },
  ended: { timeoutMs: 0, on: {} },
} as const satisfies Record<
  string,
  { readonly timeoutMs: number; readonly on: Readonly<Record<string, readonly string[]>> }
>;

export type CallState = keyof typeof CALL_TABLE;
type On<S extends CallState> = (typeof CALL_TABLE)[S]['on'];
/** Names of the events that a state heeds. */
export type HeededBy<S extends CallState> = keyof On<S> & string;
/** States to which an event may lead from a state. */
export type LeadsTo<S extends CallState, E extends HeededBy<S>> = On<S>[E] extends readonly (infer T)[]
  ? T & CallState
  : never;
