import { expect } from 'vitest';
import { callIdOf } from '../../../src/app/calls/call-book.ts';
import { isPersistentLegId, phoneOfLegId } from '../../../src/app/calls/persistent-leg-book.ts';
import { callable } from '../../../src/domain/agents/availability.ts';
import { legsOf } from '../../../src/domain/calls/conversation/talk-of.ts';
import { askOf, meets, skillsOf } from '../../../src/domain/skills/skills.ts';
import type { House } from './harness.ts';
import { checkBridges, checkBridgesTold, checkUnconfirmed } from './model-bridges.ts';
import { among, empty, holds, is } from './model-holds.ts';
import { checkPromises } from './model-promises.ts';
import { checkReasons } from './model-reasons.ts';
import { checkRecordings } from './model-recordings.ts';
import { checkPlaces, checkTalks } from './model-talk.ts';

// What must hold in the days of the model: at every moment, when everything has come to rest, and when all are gone.

/** What of a day is looked at. */
interface Day {
  readonly house: House;
  readonly switch: House['switch'];
  readonly arrived: number;
  readonly interrupted: boolean;
  readonly faulty: boolean;
  readonly lossy: boolean;
  readonly unseen: ReadonlySet<string>;
  /** So many commands of the log have been looked at. */
  looked: number;
}

/** At every moment, whatever has happened and is on its way. */
export function checkDay(day: Day): void {
  const { house, switch: sw } = day;
  empty(house.errors);
  // 1: one caller, the agents of one talk; one agent, at most one caller.
  checkTalks(house);
  for (const { call, timer } of house.control.engine.book.all()) {
    // 2: no state without a timeout.
    holds(timer !== null, () => `${call.id} in ${call.state} has no timer`);
    // 3: who waits is in the queue, free to be offered.
    const waits = call.state === 'queued';
    is(
      house.control.engine.router.holds(call.id),
      waits || call.state === 'ringingAgent' || (call.state === 'connecting' && call.waiting !== null),
      () => `${call.id} in ${call.state}`,
    );
  }
  checkBridges(house);
  checkIdle(house);
  checkPersistentLegs(day);
  // 4, at once: when nothing failed and nothing is on its way, no leg and no bridge is left of a call that let go of it.
  const { listening } = house.control.engine.book;
  if (sw.idle && sw.connected && !day.interrupted && !day.faulty && !day.lossy) {
    for (const [channel, one] of sw.channels) {
      const live = house.control.engine.book.get(callIdOf(channel));
      const own = live === undefined ? [] : [live.call.channel, ...legsOf(live.call)];
      if (one.target !== null && !isPersistentLegId(channel) && !listening.has(channel)) {
        among(channel, own, () => `orphan ${channel}`);
      }
      if (one.bridge !== null) holds(!one.music, () => `music in the talk of ${channel}`);
    }
    for (const bridge of sw.bridges) {
      among(house.state(callIdOf(bridge)), ['connecting', 'talking', 'dialling'], () => bridge);
    }
    checkPlaces(house);
    checkUnconfirmed(house);
    // What a call that we make says of its recording is told as soon as anybody speaks with the citizen.
    for (const { call } of house.control.engine.book.all()) {
      if (call.outbound == null || !['talking', 'surveying'].includes(call.state)) continue;
      holds(call.outbound.recording !== undefined, () => `recording of ${call.id} in ${call.state}`);
    }
  }
  // 2: nobody is hung up on who has not talked. What was told of him was told before.
  for (; day.looked < sw.log.length; day.looked += 1) {
    const command = sw.log[day.looked] ?? '';
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
    const promised = told.includes('callbackPromised');
    holds(asked || promised || told.includes('talkStarted') || heard, () => `call${n}`);
  }
}

/** Silence is written where an agent asked for it, and nowhere else. */
function checkSilence({ house, switch: sw }: Day): void {
  const wanted = [...house.control.engine.book.all()].flatMap(({ call }) =>
    call.recordingPause == null ? [] : [call.channel],
  );
  expect([...house.silenced].filter((channel) => sw.channels.has(channel)).sort()).toEqual(wanted.sort());
}

/** Nobody waits while somebody who may have him is idle, and whoever may be called is found. */
function checkIdle(house: House): void {
  const { engine, desk } = house.control;
  const free = desk.presences().flatMap((one) => {
    const profile = desk.profile(one.agentId);
    return callable(one) && profile !== null ? [profile] : [];
  });
  for (const queue of ['general', 'desk']) {
    const inQueue = free.filter(({ queues }) => queues.includes(queue));
    is(engine.router.desks.idleIn(queue), inQueue.length, () => `idle in ${queue}`);
  }
  for (const { call } of engine.book.all()) {
    if (call.state !== 'queued' || call.waiting === null) continue;
    const { hops = [], kept, eased } = call.waiting;
    const required = eased === true ? [] : askOf(call.plan.recognition.line?.skills).required;
    for (const profile of free) {
      const isKeptFromHim = kept != null && kept.agentId !== profile.agentId;
      const serves = hops.some(({ queue }) => profile.queues.includes(queue));
      const could = serves && !isKeptFromHim && meets(skillsOf(profile), required);
      holds(!could, () => `${call.id} waits while ${profile.agentId} is idle`);
    }
  }
}

/** A leg that stays up is one a phone, of who is signed in, in the talk of his call or in none; he alone is called on it. */
function checkPersistentLegs({ house, switch: sw, ...day }: Day): void {
  const quiet = sw.idle && sw.connected && !day.interrupted && !day.faulty && !day.lossy;
  const legs = [...sw.channels.values()].filter(({ id }) => isPersistentLegId(id));
  for (const { agentId, state, callId, leg = null } of house.control.desk.presences()) {
    const phone = house.control.desk.profile(agentId)?.phone;
    const own = legs.filter(({ id }) => phoneOfLegId(id) === phone);
    if (leg === null || !quiet) continue;
    holds(own.length <= 1, () => `legs of ${phone}`);
    if (state === 'SIGNED_OUT') empty(own, () => `leg of ${agentId}, who has gone`);
    for (const { bridge, muted } of own) {
      if (bridge !== null)
        is(`${state} ${callIdOf(bridge)}`, `TALKING ${callId}`, () => `${agentId} in ${bridge}`);
      else if (state === 'READY') holds(!muted, () => `mute of ${phone}`);
    }
  }
}

/** Each interval of an agent is told once (again after a restart, and then the same), in order and without a gap. */
export function checkIntervals(house: House): void {
  for (const { agentId, state, reason, sinceMs } of house.control.desk.presences()) {
    const told = house.facts.flatMap((fact) =>
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

/** Nothing is on its way any more, and nobody does anything. */
export function checkRest(day: Day): void {
  const { house, switch: sw } = day;
  checkIntervals(house);
  checkPlaces(house, day.faulty);
  // What the switch refused it does not record.
  if (!day.faulty) checkSilence(day);
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
}

/** The last citizen is gone. */
export function checkEnd(day: Day): void {
  const { house, switch: sw } = day;
  expect([...sw.channels.keys()]).toEqual([]);
  expect([...sw.bridges]).toEqual([]);
  expect([...sw.recordings.keys()]).toEqual([]);
  expect(house.control.engine.book.size).toBe(0);
  expect(house.calls.size).toBe(0);
  for (const { agentId, state } of house.control.desk.presences()) {
    expect(['SIGNED_OUT', 'NOT_READY', 'READY', 'WRAP_UP'], agentId).toContain(state);
  }
  const { router } = house.control.engine;
  expect([router.desks.waitingIn('general'), router.desks.waitingIn('desk')]).toEqual([0, 0]);
  checkBridgesTold(house);
  checkPromises(house, day);
  checkRecordings(house);
  checkReasons(house);
  for (let n = 1; n <= day.arrived; n += 1) {
    const facts = house.told(`call${n}`);
    if (sw.world.fellBack.includes(`call${n}`)) continue;
    // Whose arrival was lost and who hung up before the next look at the switch was never seen.
    if (day.unseen.has(`call${n}`) && facts.length === 0) continue;
    const ends = facts.filter((type) => type === 'callEnded').length;
    // One message a call at most, and never one without its end.
    const messages = facts.filter((type) => type === 'messageLeft').length;
    expect(messages, `messages of call${n}: ${facts.join(' ')}`).toBeLessThanOrEqual(1);
    if (!day.interrupted) expect(ends, `ends of call${n}: ${facts.join(' ')}`).toBe(1);
    // An incident is told to its end once, however often somebody looks after who waits.
    const notices = house.facts.flatMap((fact) =>
      fact.callId === `call${n}` && fact.type === 'noticePlayed' && fact.end === 'finished'
        ? [fact.announcement]
        : [],
    );
    if (!day.interrupted) expect(new Set(notices).size, `notices of call${n}`).toBe(notices.length);
    // Each number of a call's facts once, whoever died between two of them.
    const numbers = house.facts.flatMap((fact) => (fact.callId === `call${n}` ? [fact.seq] : []));
    expect(new Set(numbers).size, `numbers of call${n}: ${numbers.join(' ')}`).toBe(numbers.length);
    // E10: a wish that comes twice is granted once.
    const keys = house.facts.flatMap((fact) =>
      fact.callId === `call${n}` && fact.type === 'commandDone' ? [fact.key] : [],
    );
    expect(new Set(keys).size, `keys of call${n}: ${keys.join(' ')}`).toBe(keys.length);
    const entered = facts.filter((type) => type === 'queueEntered').length;
    const left = facts.filter((type) => type === 'queueLeft').length;
    expect(entered).toBeGreaterThanOrEqual(left);
    // C16: every queue that was entered is left once, so that what is offered is what becomes of it.
    if (!day.interrupted) expect(left, `queues of call${n}: ${facts.join(' ')}`).toBe(entered);
  }
}
