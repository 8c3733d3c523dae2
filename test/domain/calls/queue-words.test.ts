import { describe, expect, test } from 'vitest';
import type { Call } from '../../../src/domain/calls/call.ts';
import type { CallContext } from '../../../src/domain/calls/call-context.ts';
import type { CallEvent } from '../../../src/domain/calls/call-event.ts';
import { adopt, arrive, decide, takeBack } from '../../../src/domain/calls/decide.ts';
import { waitingPrompt } from '../../../src/domain/calls/place-words.ts';
import type { Queue } from '../../../src/domain/hotlines/queue.ts';
import { SOUNDS } from '../../../src/domain/ivr/prompts.ts';
import { PLACE_PROMPTS } from '../../../src/domain/ivr/queue-prompts.ts';
import { PLAYING_AT_MOST_MS } from '../../../src/domain/ivr/recording-check.ts';
import { spokenMs } from '../../../src/domain/ivr/spoken.ts';
import type { Estimate } from '../../../src/domain/routing/estimate.ts';
import { AHEAD_RUNGS, WAIT_RUNGS } from '../../../src/domain/routing/said-wait.ts';
import {
  announced,
  at,
  callerEnded,
  inState,
  LEG,
  NOTICES,
  offered,
  played,
  press,
  unheard,
} from './call-life.ts';

// What a waiting citizen hears of his place, and of an incident that begins meanwhile.

const FEW: Estimate = { kind: 'notCredible', why: 'tooFewServed' };
interface World {
  readonly ahead: number;
  readonly estimate: Estimate;
  readonly rules: Partial<Queue>;
  readonly notices: readonly string[];
}

/** A citizen who waits since 1,000 ms, the world around him, and what he has heard so far. */
class Wait {
  call: Call;
  nowMs = 1_000;
  world: World;
  readonly heard: (readonly string[])[] = [];

  constructor(world: Partial<World> = {}, call: Call = inState('queued')) {
    this.world = { ahead: 3, estimate: FEW, rules: { tellsPlace: true }, notices: [], ...world };
    this.call = call;
  }

  get context(): CallContext {
    const { ahead, estimate, rules, notices } = this.world;
    const usual = at(this.nowMs);
    return {
      ...usual,
      queueRules: (code) => ({
        ...usual.queueRules(code),
        overflowQueue: null,
        overflowAfterMs: null,
        ...rules,
      }),
      inLine: () => ({ ahead, estimate }),
      noticesFor: ({ noticesHeard = [] }) =>
        NOTICES.filter(({ id }) => notices.includes(id) && !noticesHeard.includes(id)),
    };
  }

  on(event: CallEvent) {
    const decision = decide(this.call, event, this.context);
    this.call = decision.call;
    for (const command of decision.commands) {
      if (command.kind === 'play') this.heard.push(command.prompts);
      if (command.kind === 'timer') this.dueMs = this.nowMs + command.afterMs;
    }
    return decision;
  }
  dueMs = 1_000;

  /** Timers fire, and what is said takes four seconds. */
  until(ms: number, change: Partial<World> = {}): this {
    this.world = { ...this.world, ...change };
    for (let looks = 0; ; looks += 1) {
      expect(looks, 'looked after again and again at one moment').toBeLessThan(500);
      const { playback } = this.call;
      const nextMs = playback === null ? this.dueMs : Math.min(this.dueMs, this.nowMs + 4_000);
      if (nextMs > ms) break;
      this.nowMs = Math.max(this.nowMs, nextMs);
      this.on(playback === null ? { type: 'timeout', epoch: this.call.epoch } : played(this.call));
    }
    this.nowMs = ms;
    return this;
  }

  /** Beside the comfort announcement. */
  get told(): readonly (readonly string[])[] {
    return this.heard.filter((prompts) => !prompts.includes('please-wait'));
  }
}
const minutes = (n: number): Estimate => ({ kind: 'credible', waitMs: n * 60_000 });

describe('his place in line', () => {
  test('a moment after joining, where the wait can be believed; then what is new, no sooner than the rules say', () => {
    const wait = new Wait({ estimate: minutes(4.4) });
    expect(wait.until(5_900).told).toEqual([]);
    expect(wait.until(6_000).told).toEqual([['queue-ahead-3', 'queue-wait-5']]);
    // Within the minute nothing of it, though the line moves.
    wait.until(60_000, { ahead: 2, estimate: minutes(3.2) });
    expect(wait.told).toHaveLength(1);
    wait.until(75_000);
    expect(wait.told.at(-1)).toEqual(['queue-ahead-2', 'queue-wait-3']);
    // Nothing new: music and comfort. An urgent caller goes before him: that is not said.
    wait.until(170_000, { ahead: 3 });
    expect(wait.told).toHaveLength(2);
    wait.until(190_000, { ahead: 0, estimate: minutes(0.9) });
    expect(wait.told.at(-1)).toEqual(['queue-ahead-0', 'queue-wait-1']);
    wait.until(400_000, { estimate: { kind: 'credible', waitMs: 19_000 } });
    expect(wait.told).toHaveLength(3);
    expect(wait.heard.filter(([prompt]) => prompt === 'please-wait').length).toBeGreaterThan(5);
  });

  test('a short wait is told nothing; one that turns out long is', () => {
    const wait = new Wait({ estimate: { kind: 'credible', waitMs: 19_999 } });
    expect(wait.until(29_000).told).toEqual([]);
    expect(wait.until(60_000, { estimate: minutes(1) }).told).toEqual([['queue-ahead-3', 'queue-wait-1']]);
  });

  test('nobody knows how long: the place alone, after as long as a short wait lasts', () => {
    const wait = new Wait();
    expect(wait.until(20_900).told).toEqual([]);
    expect(wait.until(21_000).told).toEqual([['queue-ahead-3']]);
    expect(wait.until(300_000).told).toHaveLength(1);
    expect(wait.until(320_000, { estimate: minutes(2) }).told.at(-1)).toEqual(['queue-wait-2']);
  });

  test('a desk that tells nothing tells nothing', () => {
    const wait = new Wait({ estimate: minutes(9), rules: { tellsPlace: false } });
    expect(wait.until(600_000).told).toEqual([]);
  });

  test('who speaks English hears it in English', () => {
    const caller = { language: 'en-GB', hasOpenTicket: false, vulnerable: false };
    const wait = new Wait({ estimate: minutes(40), ahead: 30 }, { ...inState('queued'), caller });
    expect(wait.until(6_000).told).toEqual([['queue-ahead-21-en', 'queue-wait-more-en']]);
  });

  test('the estimate makes the callback due that waits for it', () => {
    const rule = {
      ...{ afterWaitMs: null, aboveEstimateMs: 180_000, repeatEveryMs: 120_000, validMs: 1, attempts: 1 },
      quietHours: { fromMinute: 0, toMinute: 0 },
    };
    for (const [n, offers] of [
      [2, false],
      [4, true],
    ] as const) {
      const wait = new Wait({ estimate: minutes(n), rules: { callback: rule } });
      const usual = wait.context;
      Object.defineProperty(wait, 'context', {
        get: () => ({
          ...usual,
          nowMs: wait.nowMs,
          queueRules: (code: string) => ({ ...usual.queueRules(code), callback: rule }),
          callbackRule: () => rule,
        }),
      });
      expect(wait.until(6_000).told.flat().includes('callback-offer')).toBe(offers);
    }
  });

  test('in another queue his place is told anew', () => {
    const wait = new Wait({ estimate: minutes(5), ahead: 1 }).until(20_000);
    wait.on({ type: 'queueGone', to: 'general' });
    expect(wait.until(40_000, { ahead: 4 }).told.at(-1)).toEqual(['queue-ahead-4', 'queue-wait-5']);
  });

  test('a restart repeats nothing: what he was told is in his call', () => {
    const wait = new Wait({ estimate: minutes(5) }).until(20_000);
    const after = new Wait({ estimate: minutes(5) }, JSON.parse(JSON.stringify(wait.call)));
    after.nowMs = 20_000;
    after.dueMs = 21_000;
    expect(after.until(150_000).told).toEqual([]);
    expect(after.until(170_000, { ahead: 1, estimate: minutes(4) }).told).toEqual([['queue-ahead-1']]);
  });

  test('the answer cuts it short: the talk waits for no word', () => {
    const wait = new Wait({ estimate: minutes(5) }).until(7_000);
    expect(wait.call.playback).not.toBeNull();
    wait.on(offered);
    const answered = wait.on({ type: 'legAnswered', leg: LEG });
    expect(answered.commands.slice(0, 3).map(({ kind }) => kind)).toEqual([
      'stopPlayback',
      'stopMusic',
      'connect',
    ]);
    expect(answered.facts[0]).toEqual({
      type: 'announcementPlayed',
      prompt: 'queue-ahead-3',
      end: 'cancelled',
    });
  });
});

describe('an incident that begins while he waits', () => {
  const facts = (decisions: readonly { facts: readonly { type: string }[] }[], type: string) =>
    decisions.flatMap((one) => one.facts.filter((fact) => fact.type === type));

  test('at the next look, once, before everything else; music after it', () => {
    const wait = new Wait({ estimate: minutes(5), notices: ['power'] });
    wait.on({ type: 'lookAround' });
    expect(wait.heard).toEqual([['notice-power']]);
    const over = wait.on(played(wait.call));
    expect(over.commands[0]).toEqual({ kind: 'startMusic' });
    expect(over.facts).toContainEqual({ type: 'noticePlayed', announcement: 'power', end: 'finished' });
    // Its end, and the end of nothing else, is told once.
    expect(
      wait
        .until(600_000)
        .told.flat()
        .filter((prompt) => prompt === 'notice-power'),
    ).toHaveLength(1);
    expect(wait.call.noticesHeard).toEqual(['power']);
  });

  test('two of them one after the other', () => {
    const wait = new Wait({ notices: ['water', 'power'] });
    wait.on({ type: 'lookAround' });
    expect(wait.until(10_000).told.slice(0, 2)).toEqual([['notice-water'], ['notice-power']]);
  });

  test('its key is a wish once, while it plays and a moment after; then it is the callback’s again', () => {
    const wait = new Wait({ notices: ['water'] });
    const waiting = wait.call.waiting;
    wait.call = { ...wait.call, waiting: waiting && { ...waiting, offeredMs: 0 } };
    wait.on({ type: 'lookAround' });
    const wish = wait.on(press('1'));
    expect(wish.commands.map(({ kind }) => kind)).toEqual(['stopPlayback', 'play']);
    expect(wish.facts).toContainEqual({ type: 'noticeSubscribed', announcement: 'water' });
    expect(facts([wait.on(press('1'))], 'noticeSubscribed')).toEqual([]);
    wait.on(played(wait.call));
    expect(wait.on(press('1')).call.state).toBe('goodbye');
  });

  test('pressed when the voice has stopped it counts; three seconds later it does not', () => {
    for (const [afterMs, counts] of [
      [2_900, 1],
      [3_000, 0],
    ] as const) {
      const wait = new Wait({ notices: ['water'] });
      wait.on({ type: 'lookAround' });
      wait.on(played(wait.call));
      wait.nowMs += afterMs;
      expect(facts([wait.on(press('1'))], 'noticeSubscribed')).toHaveLength(counts);
    }
  });

  test('while an agent’s telephone rings its key counts as well, and the ring goes on', () => {
    const wait = new Wait({ notices: ['water'] });
    wait.on({ type: 'lookAround' });
    wait.on(offered);
    const { epoch } = wait.call;
    expect(facts([wait.on(press('1'))], 'noticeSubscribed')).toHaveLength(1);
    expect(wait.call).toMatchObject({ state: 'ringingAgent', epoch });
  });

  test('cut by the agent’s answer it was not heard: it comes again if the talk comes to nothing', () => {
    const wait = new Wait({ notices: ['power'] });
    wait.on({ type: 'lookAround' });
    wait.on(offered);
    const answered = wait.on({ type: 'legAnswered', leg: LEG });
    expect(answered.facts).toContainEqual({ type: 'noticePlayed', announcement: 'power', end: 'cut' });
    expect(answered.commands.map(({ kind }) => kind)).toEqual([
      'stopPlayback',
      'stopMusic',
      'connect',
      'timer',
    ]);
    wait.on({ type: 'connectDone', leg: LEG, outcome: 'failed' });
    expect(wait.call.state).toBe('queued');
    expect(wait.until(5_000).told.at(-1)).toEqual(['notice-power']);
  });

  test('words that cannot be played are tried three times, a minute apart, and hold up nothing', () => {
    const wait = new Wait({ notices: ['power'] });
    const tries: number[] = [];
    for (let look = 0; look < 40; look += 1) {
      wait.nowMs = Math.max(wait.nowMs, wait.dueMs);
      wait.on({ type: 'timeout', epoch: wait.call.epoch });
      if (wait.heard.at(-1)?.[0] === 'notice-power') tries.push(wait.nowMs);
      if (wait.call.playback !== null) wait.on(unheard(wait.call));
      wait.heard.length = 0;
    }
    expect(tries).toHaveLength(3);
    expect((tries[1] ?? 0) - (tries[0] ?? 0)).toBe(60_000);
    expect(wait.call.noticesHeard ?? []).toEqual([]);
  });

  test('one whose end is never told counts as heard when it cannot be on any more', () => {
    const wait = new Wait({ notices: ['power'] });
    wait.on({ type: 'lookAround' });
    const begun = wait.nowMs;
    expect(wait.dueMs).toBe(begun + PLAYING_AT_MOST_MS);
    wait.nowMs = wait.dueMs;
    const mended = wait.on({ type: 'timeout', epoch: wait.call.epoch });
    expect(mended.facts).toContainEqual({ type: 'noticePlayed', announcement: 'power', end: 'timedOut' });
    expect(mended.commands[0]).toMatchObject({ kind: 'stopPlayback' });
    expect(wait.call.noticesHeard).toEqual(['power']);
  });

  test('who hangs up while it plays is counted as having heard it, and waited in vain all the same', () => {
    const wait = new Wait({ notices: ['power'] });
    wait.on({ type: 'lookAround' });
    const end = wait.on(callerEnded);
    expect(end.facts).toContainEqual({ type: 'noticePlayed', announcement: 'power', end: 'hungUp' });
    expect(end.facts.at(-1)).toMatchObject({ type: 'callEnded', result: 'abandoned' });
  });

  test('who heard it after the greeting has heard it; who was taken back from the fallback queue has not', () => {
    const greeted = decide(
      announced({ kind: 'queue', queue: 'desk', reason: '' }),
      played(announced({ kind: 'queue', queue: 'desk', reason: '' })),
      at(2_000),
    ).call;
    expect(greeted.noticesHeard).toEqual(['water']);
    const arrival = {
      ...{ id: 'c', channel: 'channel', dialled: '12345', callerNumber: '', configurationVersion: 1 },
      plan: announced({ kind: 'queue', queue: 'desk', reason: '' }).plan,
    };
    expect(takeBack(arrival, 0, at(9_000)).call.noticesHeard).toEqual([]);
    expect(arrive(arrival, 0).call.noticesHeard).toEqual([]);
    // Whether who is found at the switch heard it nobody knows any more.
    expect(adopt(arrival, [], 1, at(9_000)).call.noticesHeard).toEqual(['water', 'power']);
  });
});

test('every number that can be said has its sentence, short, in both languages', () => {
  const names = (['zh', 'en'] as const).flatMap((language) => [
    ...AHEAD_RUNGS.map((ahead) => waitingPrompt({ ahead }, language)),
    ...([...WAIT_RUNGS, 'more'] as const).map((minutes) => waitingPrompt({ minutes }, language)),
  ]);
  expect(new Set(names).size).toBe(2 * Object.keys(PLACE_PROMPTS).length);
  for (const name of names) expect(Object.hasOwn(SOUNDS, name), name).toBe(true);
  for (const text of Object.values(PLACE_PROMPTS)) expect(spokenMs(text)).toBeLessThan(5_000);
});
