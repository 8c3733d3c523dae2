import { expect } from 'vitest';
import { isPersistentLegId } from '../../../src/app/calls/persistent-leg-book.ts';
import type { CallState } from '../../../src/domain/calls/call-table.ts';
import { legsOf } from '../../../src/domain/calls/conversation/talk-of.ts';
import { USUAL_CALLBACK_RULE } from '../../../src/domain/hotlines/callback-rule.ts';
import type { Configuration } from '../../../src/domain/hotlines/configuration.ts';
import { agent, asking, House, incoming, sample, settled } from './harness.ts';
import { holds } from './model-holds.ts';
import { checkDay, checkEnd, checkIntervals, checkRest } from './model-invariants.ts';
import { ModelOrder } from './model-order.ts';

// The small hotline of the model: three agents, one of them with two phones, one with a leg that stays up, one who leads.

export const AGENTS = [agent(1), { ...agent(2, ['general', 'desk']), skills: { en: 2 } }, agent(3, ['desk'])];
/** Its leg stays up. */
export const PERSISTENT_PHONE = 'phone1';
export const LEAD = 'agent3';
export const OTHER_PHONE = {
  name: 'phone2-b',
  agentId: 'agent2',
  kind: 'browser',
  secret: 'secret',
  displayName: '',
} as const;
export const OFFERED_AFTER_MS = 20_000;

/** Callbacks are offered, talks are rated, one line asks for a language that one agent speaks. */
function rules(): Configuration {
  const base = asking(sample(AGENTS));
  const callback = { ...USUAL_CALLBACK_RULE, afterWaitMs: OFFERED_AFTER_MS, aboveEstimateMs: null };
  return {
    ...base,
    lines: base.lines.map((one) => (one.number === '12319' ? { ...one, skills: 'en:2' } : one)),
    queues: base.queues.map((one) => ({
      ...one,
      tellsPlace: true,
      ...(one.code === 'general' ? { callback } : {}),
    })),
  };
}

/** The process after this one, with all that this one kept: on disk, at the switch, and in what has been told. */
export function heirOf(house: House): House {
  const next = new House(house.configuration, {
    clock: house.clock,
    switch: house.switch,
    saved: house.saved,
    savedCalls: house.savedCalls,
    lastSign: house.lastSign,
    savedHours: house.savedHours,
    savedCallbacks: house.savedCallbacks,
    savedPlaced: house.savedPlaced,
    ids: house.ids,
    savedPaces: house.savedPaces,
  });
  next.facts.push(...house.facts);
  for (const channel of house.silenced) next.silenced.add(channel);
  next.recorder = house.recorder;
  next.presenceRules = house.presenceRules;
  next.outboundRules = house.outboundRules;
  return next;
}

/** One day at it: call control, the switch and the world, as they go on whatever happens. */
export class Day {
  house: House;
  arrived = 0;
  /** Calls that we made, by whose wish. */
  readonly made = { out: 0, survey: 0, unit: 0 };
  /** A connection or a process was lost: what happened meanwhile may never be told. */
  interrupted = false;
  /** A command failed. */
  faulty = false;
  /** An event of a connection that stands never came. */
  lossy = false;
  /** Calls whose arrival it was. */
  readonly unseen = new Set<string>();
  looked = 0;
  readonly order = new ModelOrder();

  constructor() {
    this.house = new House(rules());
  }

  get switch() {
    return this.house.switch;
  }

  async begin(): Promise<void> {
    await this.furnish(this.house);
    await this.house.open();
    await this.house.ready(1, 2);
    for (const [channel, { target }] of [...this.switch.channels])
      if (target !== null) this.switch.answerLeg(channel);
    await settled();
    this.switch.slow = true;
  }

  /** The second agent has two phones; the desk forgives the first offer that was not taken. */
  async furnish(house: House): Promise<void> {
    house.onFact = (fact) => this.order.heard(house, fact);
    house.otherPhones = [OTHER_PHONE];
    house.persistent.add(PERSISTENT_PHONE);
    house.presenceRules = { ...house.presenceRules, queues: { desk: { missesMax: 2 } } };
    await house.control.command({ kind: 'reloadConfiguration' });
  }

  /** Citizens that called, and those whom we called. */
  citizens(): string[] {
    return [...this.switch.channels.values()].flatMap(({ id, incoming: call }) =>
      call !== null || /\.t\d+$/.test(id) ? [id] : [],
    );
  }
  legs(): string[] {
    return [...this.switch.channels].filter(([, one]) => one.target !== null).map(([id]) => id);
  }

  arrives(dialled?: string): void {
    this.arrived += 1;
    // Each has a number of his own, but for every seventh: he calls again, and perhaps is being called back.
    const n = this.arrived % 7 === 0 ? 1 : this.arrived;
    const callerNumber = `1390000${String(n).padStart(4, '0')}`;
    const { arrived } = this;
    const recorded =
      arrived % 5 === 0
        ? { recording: '', recordingFault: 'diskFull' }
        : { recording: `2026/11/23/call${arrived}.raw` };
    this.switch.arrive(incoming(arrived, dialled, { callerNumber, ...recorded }));
  }

  loses(n: number): void {
    const lost = this.switch.lose(n);
    if (lost !== null) this.lossy = true;
    if (lost?.type === 'incoming') this.unseen.add(lost.callId);
  }

  stateOf(caller: string): CallState | undefined {
    return this.house.control.engine.book.ofCaller(caller)?.call.state;
  }

  /** What an undisturbed call would do next, so that days get as far as its later states. */
  async goOn(caller: string): Promise<void> {
    const { house, switch: sw } = this;
    const call = house.control.engine.book.ofCaller(caller)?.call;
    if (call === undefined) return;
    // The question is put for as long as nobody presses.
    if (call.state === 'askingUnit') sw.press(call.leg?.id ?? '', '1');
    else if (call.playback !== null) sw.finishPlayback(call.playback);
    else if (call.state === 'surveying') {
      const { recording } = call.survey ?? { recording: null };
      if (recording === null) sw.press(caller, '1');
      else sw.finishRecording(recording, 'silent');
    } else if (call.state === 'menu') sw.press(caller, '1');
    else if (call.state === 'recording') sw.finishRecording(call.message?.recording ?? '', 'silent');
    else if (call.state === 'announcing') await house.after(3_000);
    else if (call.state === 'rating') sw.press(caller, '1');
    else {
      for (const leg of legsOf(call)) sw.answerLeg(leg);
      sw.answerLeg(call.channel);
    }
  }

  /** Call control dies without a word and comes back; the switch keeps its channels. */
  async restart(): Promise<void> {
    const { house, switch: sw } = this;
    checkIntervals(house);
    sw.forget();
    await house.control.stop();
    const next = heirOf(house);
    this.house = next;
    await this.furnish(next);
    const wasSlow = sw.slow;
    sw.slow = false;
    await next.open();
    sw.slow = wasSlow;
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

  /** Everything that is on its way arrives. */
  async flow(): Promise<void> {
    for (let n = 0; n < 500 && !this.switch.idle; n += 1) {
      await this.switch.perform();
      this.switch.deliver();
      await settled();
    }
    holds(this.switch.idle, () => 'what is on its way does not arrive');
  }

  async calm(): Promise<void> {
    const { switch: sw } = this;
    sw.slow = false;
    sw.faults.clear();
    this.house.books = 'there';
    this.house.recorder = { kind: 'done' };
    sw.world.recordingFault = '';
    await this.flow();
    if (!sw.connected) sw.reconnect();
    await settled();
  }

  check(): void {
    checkDay(this);
    this.order.check(this.house, !this.interrupted && !this.faulty && !this.lossy);
  }

  async finish(): Promise<void> {
    await this.calm();
    const { house, switch: sw } = this;
    // Whoever rings does not answer, announcements end, wrap-up passes: everything comes to rest. A talk whose end was lost is
    // found by the second look at the switch, a minute later; then its citizen is asked how it was, twice.
    for (let n = 0; n < 18; n += 1) {
      await house.heard();
      await house.after(11_000);
      this.check();
    }
    checkRest(this);
    // 4: after the last citizen nothing is left; whom nobody has called back yet is not called any more.
    const by = { accountId: 'lead', name: '班长' };
    const called = (): readonly string[] => house.control.callbacks.all().flatMap(({ id }) => id);
    for (let n = 0; n < 10; n += 1) {
      for (const callbackId of called()) {
        await house.control.command({ kind: 'cancelCallback', callbackId, by, reason: '演练结束' });
      }
      for (const channel of this.citizens()) sw.end(channel);
      await house.heard();
      await house.after(10_000);
    }
    // Legs that stay up go home with their agents.
    for (const { agentId } of house.control.desk.presences()) {
      await house.control.command({ kind: 'signOut', agentId });
    }
    await house.after(60_000);
    expect([...sw.channels.keys()].filter(isPersistentLegId)).toEqual([]);
    checkEnd(this);
    await house.control.stop();
    expect(house.clock.pending).toBe(0);
  }
}
