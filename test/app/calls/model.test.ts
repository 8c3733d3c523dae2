import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SeatCommand } from '../../../src/app/calls/agent-commands.ts';
import { callIdOf } from '../../../src/app/calls/call-book.ts';
import { callable } from '../../../src/domain/agents/presence.ts';
import { CALL_TABLE, type CallState } from '../../../src/domain/calls/call-table.ts';
import { legsOf } from '../../../src/domain/calls/conversation/talk-of.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';
import { askInTalk, checkPlaces, checkTalks } from './model-talk.ts';
import { DONE_ALL_THE_SAME } from './slow-switch.ts';

// Random days of a small hotline: three agents, citizens that come, wait and hang up at any moment, commands and events
// that cross, fail, come twice, a socket that drops, a switch and a call control that restart. Whatever happens, the
// invariants hold at every moment, and in the end nothing is left over.

const AGENTS = [agent(1), agent(2, ['general', 'desk']), agent(3, ['desk'])];
const OTHER_PHONE = {
  name: 'phone2-b',
  agentId: 'agent2',
  kind: 'browser',
  secret: 'secret',
  displayName: '',
} as const;
const DIALLED = [
  '12345',
  '12319',
  '12369',
  '12348',
  '12333',
  '051384110001',
  '99999999',
  '12316',
  '12316',
  '12320',
  '12320',
  '12320',
];
const COMMANDS = [
  'answer',
  'play',
  'startMusic',
  'stopMusic',
  'ring',
  'bridge',
  'hangup',
  'destroyBridge',
  'record',
  'stopRecording',
  'unbridge',
  'mute',
  'sendDigits',
];

const pick = fc.nat(50);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('arrive' as const), n: pick }) },
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('deliver' as const), n: fc.integer({ min: 1, max: 6 }) }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('perform' as const), n: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('flow' as const), n: pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('allReady' as const), n: pick }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('finishPlayback' as const), n: pick }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('press' as const), n: fc.nat(500) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('finishRecording' as const), n: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('books' as const), n: pick }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('answerLeg' as const), n: pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('endLeg' as const), n: pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('callerHangsUp' as const), n: pick }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('toTalk' as const), n: pick }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('goOn' as const), n: pick }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('agent' as const), n: pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('seat' as const), n: pick }) },
  { weight: 18, arbitrary: fc.record({ do: fc.constant('talk' as const), n: fc.nat(20_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('silence' as const), n: pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('phone' as const), n: pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), n: pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fault' as const), n: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('incident' as const), n: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('echo' as const), n: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('socket' as const), n: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), n: pick }) },
);
type Step = (typeof step)['generate'] extends (...args: never[]) => { value: infer T } ? T : never;

const nth = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)];

const LIVING = (Object.keys(CALL_TABLE) as CallState[]).filter((state) => state !== 'ended');

/** Days to live through: `MODEL_RUNS=10000` for a night. */
const RUNS = Number(process.env.MODEL_RUNS ?? 300);

class Day {
  house: House;
  arrived = 0;
  interrupted = false;
  faulty = false;

  constructor() {
    const rules = sample(AGENTS);
    const queues = rules.queues.map((one) => ({ ...one, tellsPlace: true }));
    this.house = new House({ ...rules, queues });
  }

  get switch() {
    return this.house.switch;
  }

  async begin(): Promise<void> {
    await this.furnish(this.house);
    await this.house.open();
    await this.house.ready(1, 2);
    this.switch.slow = true;
  }

  /** The second agent has two phones; the desk forgives the first offer that was not taken. */
  async furnish(house: House): Promise<void> {
    house.otherPhones = [OTHER_PHONE];
    house.presenceRules = { ...house.presenceRules, queues: { desk: { missesMax: 2 } } };
    await house.control.command({ kind: 'reloadConfiguration' });
  }

  async do(step: Step): Promise<void> {
    const { switch: sw, house } = this;
    const legs = [...sw.channels].filter(([, one]) => one.target !== null).map(([id]) => id);
    const callers = [...sw.channels].filter(([, one]) => one.incoming !== null).map(([id]) => id);
    switch (step.do) {
      case 'arrive':
        this.arrived += 1;
        sw.arrive(incoming(this.arrived, nth(DIALLED, step.n)));
        break;
      case 'deliver':
        for (let n = 0; n < step.n; n += 1) sw.deliver();
        break;
      case 'perform':
        for (let n = 0; n < step.n; n += 1) {
          await sw.perform();
          await settled();
        }
        break;
      case 'flow':
        await this.flow();
        break;
      case 'allReady':
        await house.ready(1, 2, 3);
        break;
      case 'finishPlayback':
        sw.finishPlayback(nth([...sw.playbacks.keys()], step.n) ?? '');
        break;
      case 'finishRecording': {
        const ends = ['silent', 'silent', 'full', 'failed'] as const;
        const end = nth(ends, step.n) ?? 'silent';
        sw.finishRecording(nth([...sw.recordings.keys()], step.n) ?? '', end, step.n % 3 === 0 ? 0 : 4_000);
        break;
      }
      case 'books':
        house.books = nth(['there', 'away', 'silent'] as const, step.n) ?? 'there';
        break;
      case 'press':
        sw.press(nth(callers, step.n) ?? '', nth([...'0123456789*#'], Math.floor(step.n / 7)) ?? '0');
        break;
      case 'answerLeg':
        sw.answerLeg(nth(legs, step.n) ?? '');
        break;
      case 'endLeg':
        sw.end(
          nth(legs, step.n) ?? '',
          nth(['normal', 'busy', 'rejected', 'unreachable', 'unknown'] as const, step.n),
        );
        break;
      case 'callerHangsUp': {
        const wanted = nth(LIVING, step.n);
        const here = callers.filter((one) => this.stateOf(one) === wanted);
        const caller = nth(here, step.n) ?? nth(callers, step.n) ?? '';
        sw.end(caller);
        break;
      }
      case 'goOn':
        await this.goOn(nth(callers, step.n) ?? '');
        break;
      case 'toTalk':
        // Somebody calls, is greeted, gets whoever is free, and talks: most of a day is that.
        if (callers.length < 3) {
          this.arrived += 1;
          sw.arrive(incoming(this.arrived));
        }
        await house.ready(1, 2, 3);
        for (let n = 0; n < 4; n += 1) {
          await this.flow();
          for (const [id, one] of [...sw.channels]) if (one.incoming !== null) await this.goOn(id);
        }
        await this.flow();
        await house.ready(1, 2, 3);
        break;
      case 'agent': {
        const agentId = `agent${1 + (step.n % 3)}`;
        const kinds = [
          'ready',
          'ready',
          'ready',
          'signIn',
          'signIn',
          'endWrapUp',
          'releaseCall',
          'signOut',
        ] as const;
        const kind = nth([...kinds, 'notReady' as const], Math.floor(step.n / 3)) ?? 'ready';
        await house.control.command(
          kind === 'notReady' ? { kind, agentId, reason: 'rest' } : { kind, agentId },
        );
        break;
      }
      case 'seat': {
        const agentId = `agent${1 + (step.n % 3)}`;
        const asks: readonly SeatCommand[] = [
          { kind: 'usePhone', agentId, phone: 'browser' },
          { kind: 'usePhone', agentId, phone: 'desk' },
          { kind: 'withdrawRequest', agentId },
          { kind: 'extendWrapUp', agentId, extraMs: 5_000 },
          { kind: 'heartbeat', agentId },
          { kind: 'forceSignOut', agentId, by: { accountId: 'lead', name: '班长' }, note: '交接班' },
        ];
        const command = nth(asks, Math.floor(step.n / 3));
        if (command !== undefined) await house.control.command(command);
        break;
      }
      case 'talk':
        await askInTalk(house, step.n);
        // Half of what was asked for comes to its end before anything else happens.
        if (step.n % 2 === 0) {
          await this.flow();
          for (const [id, one] of [...sw.channels]) if (one.target !== null && !one.up) sw.answerLeg(id);
          await this.flow();
        }
        break;
      case 'silence':
        for (let n = 0; n < 9; n += 1) {
          await house.control.command({ kind: 'wayOpen' });
          await house.after(15_000);
        }
        break;
      case 'phone': {
        const profile = nth(AGENTS, step.n) ?? agent(1);
        if (step.n % 2 === 0) await house.unplug(profile);
        else house.unplugged.delete(profile.phone);
        break;
      }
      case 'wait':
        await house.after(nth([100, 1_000, 7_000, 31_000], step.n) ?? 0);
        break;
      case 'fault': {
        this.faulty = true;
        const outcomes = [
          { kind: 'unknown', reason: 'timeout' },
          { kind: 'unknown', reason: DONE_ALL_THE_SAME },
          { kind: 'refused', reason: 'test' },
        ] as const;
        const command = nth(COMMANDS, step.n) ?? '';
        const outcome = nth(outcomes, Math.floor(step.n / COMMANDS.length)) ?? outcomes[0];
        sw.faults.set(command, [...(sw.faults.get(command) ?? []), outcome]);
        break;
      }
      case 'incident':
        await this.incident(step.n);
        break;
      case 'echo':
        sw.echo();
        break;
      case 'socket':
        this.interrupted = true;
        if (!sw.connected) sw.reconnect();
        else if (step.n % 5 === 0) sw.world.restart();
        else sw.disconnect();
        break;
      case 'restart':
        this.interrupted = true;
        await this.restart();
        break;
      default:
        step satisfies never;
    }
    await settled();
    await this.house.register();
    await this.switch.phone(OTHER_PHONE, true);
    this.check();
  }

  /** Something breaks down, for all or for one line, now or soon; or it is over. */
  async incident(n: number): Promise<void> {
    const { house } = this;
    const { announcements = [] } = house.configuration;
    const id = `incident${announcements.length}`;
    this.switch.world.files.add(`/prompts/announcement-${id}`);
    this.switch.world.files.add(`/prompts/announcement-${id}-offer`);
    const fromMs = house.clock.now() + (n % 3 === 0 ? 20_000 : 0);
    const begun = {
      ...{ id, title: '停水', lines: n % 2 === 0 ? null : ['12319'], area: null, fromMs },
      untilMs: n % 5 === 0 ? fromMs + 1 : Number.MAX_SAFE_INTEGER,
      offerKey: n % 4 === 0 ? ('1' as const) : null,
    };
    house.configuration = {
      ...house.configuration,
      version: house.configuration.version + 1,
      announcements: [...announcements, begun],
    };
    await house.control.command({ kind: 'reloadConfiguration' });
  }

  stateOf(caller: string): CallState | undefined {
    return this.house.control.engine.book.ofCaller(caller)?.call.state;
  }

  /** What an undisturbed call would do next, so that days get as far as its later states. */
  async goOn(caller: string): Promise<void> {
    const { house, switch: sw } = this;
    const call = house.control.engine.book.ofCaller(caller)?.call;
    if (call === undefined) return;
    if (call.playback !== null) sw.finishPlayback(call.playback);
    else if (call.state === 'menu') sw.press(caller, '1');
    else if (call.state === 'recording') sw.finishRecording(call.message?.recording ?? '', 'silent');
    else if (call.state === 'announcing') await house.after(3_000);
    else for (const leg of legsOf(call)) sw.answerLeg(leg);
  }

  /** Call control dies without a word and comes back; the switch keeps its channels. */
  async restart(): Promise<void> {
    const { house, switch: sw } = this;
    this.checkIntervals();
    sw.forget();
    await house.control.stop();
    const facts = house.facts;
    const next = new House(house.configuration, {
      clock: house.clock,
      switch: sw,
      saved: house.saved,
      savedCalls: house.savedCalls,
      lastSign: house.lastSign,
      savedHours: house.savedHours,
    });
    next.facts.push(...facts);
    this.house = next;
    await this.furnish(next);
    const wasSlow = sw.slow;
    sw.slow = false;
    await next.open();
    sw.slow = wasSlow;
  }

  check(): void {
    const { house, switch: sw } = this;
    expect(house.errors).toEqual([]);
    // 1: one caller, the agents of one talk; one agent, at most one caller.
    checkTalks(house);
    for (const { call, timer } of house.control.engine.book.all()) {
      // 2: no state without a timeout.
      expect(timer, `${call.id} in ${call.state} has no timer`).not.toBeNull();
      // 3: who waits is in the queue, free to be offered.
      const waits = call.state === 'queued';
      expect(house.control.engine.router.holds(call.id), `${call.id} in ${call.state}`).toBe(
        waits || call.state === 'ringingAgent' || (call.state === 'connecting' && call.leg?.kind === 'agent'),
      );
    }
    // Nobody waits while somebody who may be called is idle, and whoever may be called is found.
    for (const queue of ['general', 'desk']) {
      const { router } = house.control.engine;
      const free = house.control.desk
        .presences()
        .filter((one) => callable(one) && house.control.desk.profile(one.agentId)?.queues.includes(queue));
      expect(router.idleIn(queue)).toBe(free.length);
      expect(Math.min(router.idleIn(queue), router.waitingIn(queue))).toBe(0);
    }
    // 4, at once: when nothing failed and nothing is on its way, no leg and no bridge is left of a call that let go of it.
    if (sw.idle && sw.connected && !this.interrupted && !this.faulty) {
      for (const [channel, one] of sw.channels) {
        const live = house.control.engine.book.get(callIdOf(channel));
        if (one.target !== null)
          expect(live === undefined ? [] : legsOf(live.call), `orphan ${channel}`).toContain(channel);
        if (one.bridge !== null) expect(one.music, `music in the talk of ${channel}`).toBe(false);
      }
      for (const bridge of sw.bridges) {
        expect(['connecting', 'talking']).toContain(house.state(callIdOf(bridge)));
      }
      checkPlaces(house);
    }
    // 2: nobody is hung up on who has not talked.
    for (const command of sw.log) {
      const [, n] = /^hangup channel(\d+)$/.exec(command) ?? [];
      if (n === undefined) continue;
      const told = house.told(`call${n}`);
      const asked = house.facts.some(
        (fact) => fact.callId === `call${n}` && fact.type === 'menuLeft' && fact.to === 'message',
      );
      const played = house.facts.flatMap((fact) =>
        fact.callId === `call${n}` && fact.type === 'announcementPlayed' ? [fact] : [],
      );
      // A good-bye that the rules provide was heard, not merely provided.
      const heard = told.includes('farewell') && /finished|timedOut/.test(played.at(-1)?.end ?? '');
      expect(asked || told.includes('talkStarted') || heard, `call${n}`).toBe(true);
    }
  }

  /** Each interval of an agent is told once (again after a restart, and then the same), in order and without a gap. */
  checkIntervals(): void {
    for (const { agentId, state, reason, sinceMs } of this.house.control.desk.presences()) {
      const told = this.house.facts.flatMap((fact) =>
        fact.type === 'presence' && fact.agentId === agentId ? [fact] : [],
      );
      told.slice(1).forEach((one, index) => {
        const before = told[index];
        if (before === undefined) return;
        if (one.seq === before.seq) expect({ ...one, id: '' }).toEqual({ ...before, id: '' });
        else expect(one.seq).toBe((before.seq ?? 0) + 1);
        expect(one.atMs).toBeGreaterThanOrEqual(before.atMs);
      });
      const last = told.at(-1);
      if (last !== undefined) expect(last).toMatchObject({ state, reason, atMs: sinceMs });
      else expect(state).toBe('SIGNED_OUT');
    }
  }

  /** Everything that is on its way arrives. */
  async flow(): Promise<void> {
    for (let n = 0; n < 500 && !this.switch.idle; n += 1) {
      await this.switch.perform();
      this.switch.deliver();
      await settled();
    }
    expect(this.switch.idle).toBe(true);
  }

  async calm(): Promise<void> {
    const { switch: sw } = this;
    sw.slow = false;
    sw.faults.clear();
    this.house.books = 'there';
    await this.flow();
    if (!sw.connected) sw.reconnect();
    await settled();
  }

  async finish(): Promise<void> {
    await this.calm();
    const { house, switch: sw } = this;
    // Whoever rings does not answer, announcements end, wrap-up passes: everything comes to rest.
    for (let n = 0; n < 12; n += 1) {
      await house.heard();
      await house.after(11_000);
      this.check();
    }
    this.checkIntervals();
    checkPlaces(house, this.faulty);
    for (const [channel, one] of sw.channels) {
      if (one.incoming === null) continue;
      expect(one.up, `${channel} was never answered`).toBe(true);
      const live = house.control.engine.book.ofCaller(channel);
      expect(live, `${channel} is forgotten`).toBeDefined();
      const { state, leg } = live?.call ?? { state: '', leg: null };
      expect(['queued', 'ringingAgent', 'talking']).toContain(state);
      if (state === 'talking') expect(leg).not.toBeNull();
      else expect(one.music || [...sw.playbacks.values()].includes(channel)).toBe(true);
    }
    // 4: after the last citizen nothing is left.
    for (const [channel, one] of [...sw.channels]) if (one.incoming !== null) sw.end(channel);
    for (let n = 0; n < 10; n += 1) {
      await house.heard();
      await house.after(10_000);
    }
    expect([...sw.channels.keys()]).toEqual([]);
    expect([...sw.bridges]).toEqual([]);
    expect([...sw.recordings.keys()]).toEqual([]);
    expect(house.control.engine.book.size).toBe(0);
    expect(house.calls.size).toBe(0);
    for (const { agentId, state } of house.control.desk.presences()) {
      expect(['SIGNED_OUT', 'NOT_READY', 'READY', 'WRAP_UP'], agentId).toContain(state);
    }
    const { router } = house.control.engine;
    expect([router.waitingIn('general'), router.waitingIn('desk')]).toEqual([0, 0]);
    for (let n = 1; n <= this.arrived; n += 1) {
      const facts = house.told(`call${n}`);
      if (sw.world.fellBack.includes(`call${n}`)) continue;
      const ends = facts.filter((type) => type === 'callEnded').length;
      // One message a call at most, and never one without its end.
      const messages = facts.filter((type) => type === 'messageLeft').length;
      expect(messages, `messages of call${n}: ${facts.join(' ')}`).toBeLessThanOrEqual(1);
      if (!this.interrupted) expect(ends, `ends of call${n}: ${facts.join(' ')}`).toBe(1);
      // An incident is told to its end once, however often somebody looks after who waits.
      const notices = house.facts.flatMap((fact) =>
        fact.callId === `call${n}` && fact.type === 'noticePlayed' && fact.end === 'finished'
          ? [fact.announcement]
          : [],
      );
      if (!this.interrupted) expect(new Set(notices).size, `notices of call${n}`).toBe(notices.length);
      const entered = facts.filter((type) => type === 'queueEntered').length;
      const left = facts.filter((type) => type === 'queueLeft').length;
      expect(entered).toBeGreaterThanOrEqual(left);
      // C16: every queue that was entered is left once, so that what is offered is what becomes of it.
      if (!this.interrupted) expect(left, `queues of call${n}: ${facts.join(' ')}`).toBe(entered);
    }
    await house.control.stop();
    expect(house.clock.pending).toBe(0);
  }
}

test(
  'whatever crosses, fails or comes twice: one caller one agent, nobody dropped, nothing left over',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(step, { minLength: 30, maxLength: 150, size: 'max' }),
        async (quiet, steps) => {
          const day = new Day();
          await day.begin();
          // A quiet day has the same traffic without faults: there the rules are stricter.
          for (const one of steps) {
            if (quiet && (one.do === 'fault' || one.do === 'socket' || one.do === 'restart')) continue;
            await day.do(one);
          }
          await day.finish();
        },
      ),
      { numRuns: RUNS, endOnFailure: false, verbose: 0 },
    );
  },
  Math.max(300_000, RUNS * 500),
);
