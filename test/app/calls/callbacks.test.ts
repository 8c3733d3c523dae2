import { afterEach, expect, test } from 'vitest';
import type { Callback } from '../../../src/domain/callbacks/callback.ts';
import { USUAL_CALLBACK_RULE } from '../../../src/domain/hotlines/callback-rule.ts';
import type { Configuration } from '../../../src/domain/hotlines/configuration.ts';
import { UNKNOWN_CALLER } from '../../../src/domain/ivr/condition.ts';
import { CUT_OFF } from '../../../src/domain/routing/rank.ts';
import { agent, House, incoming, sample, settled } from './harness.ts';
import { SlowSwitch } from './slow-switch.ts';

// Queue callbacks through the whole of call control, over the model switch.

const RULE = { ...USUAL_CALLBACK_RULE, afterWaitMs: 20_000, aboveEstimateMs: null };

function configured(agents = 1): Configuration {
  const base = sample(Array.from({ length: agents }, (_, n) => agent(n + 1)));
  return {
    ...base,
    queues: base.queues.map((one) => (one.code === 'general' ? { ...one, callback: RULE } : one)),
  };
}

let house: House;
afterEach(async () => {
  expect(house.errors).toEqual([]);
  await house.control.stop();
  expect(house.clock.pending).toBe(0);
});

const only = (): Callback => {
  const [one, ...others] = house.control.callbacks.all();
  if (one === undefined || others.length > 0) throw new Error('there is not exactly one callback');
  return one;
};
const moves = (): string[] =>
  house.facts.flatMap((fact) => (fact.type === 'callback' ? [`${fact.move} ${fact.callback.state}`] : []));
/** The citizen's telephone rings, or is in a call: the leg that we made to him. */
const called = (): string => [...house.switch.channels.keys()].find((id) => id.endsWith('.t1')) ?? 'nobody';
const agentLeg = (n = 1): string => house.switch.world.legOf(`phone${n}`) ?? 'nobody';

/** A citizen waits long enough to be offered a callback. */
async function offered(n: number, more: Parameters<typeof incoming>[2] = {}): Promise<void> {
  house.switch.arrive(incoming(n, '12345', more));
  await settled();
  await house.heard();
  await house.after(RULE.afterWaitMs);
  await settled();
}
async function promised(n: number, more: Parameters<typeof incoming>[2] = {}): Promise<void> {
  await offered(n, more);
  house.switch.press(`channel${n}`, '1');
  await settled();
  // He hears that he will be called, and the line goes.
  await house.heard();
  await house.heard();
  await settled();
}
/** The agent takes it, and the citizen's telephone is tried. */
async function dialling(): Promise<void> {
  await house.ready(1);
  house.switch.answerLeg(agentLeg());
  await settled();
}

/** Two at a desk that asks for what the first of them can do. */
function askingForLaw(): Configuration {
  const base = configured(2);
  const queues = base.queues.map((one) => (one.code === 'general' ? { ...one, skills: 'law' } : one));
  const agents = base.agents.map((one, nth) => (nth === 0 ? { ...one, skills: { law: 1 } } : one));
  return { ...base, queues, agents };
}

test('asked for what nobody at work can do: after a minute whoever is there calls him back', async () => {
  house = await new House(askingForLaw()).open();
  await house.ready(2);
  await promised(1);
  const { sinceMs } = only();
  await house.after(sinceMs + 59_000 - house.clock.now());
  expect([only().state, agentLeg(2)]).toEqual(['waiting', 'nobody']);
  await house.after(1_500);
  expect(only().state).toBe('dialling');
  expect(agentLeg(2)).not.toBe('nobody');
});

test('asked for what somebody who talks can do: it is he who calls back, and the idle one does not', async () => {
  house = await new House(askingForLaw()).open();
  await house.ready(1);
  house.switch.arrive(incoming(9, '12345', { callerNumber: '13900139000' }));
  await settled();
  await house.heard();
  house.switch.answerLeg(agentLeg());
  await settled();
  await house.ready(2);
  await promised(1);
  await house.after(150_000);
  expect([only().state, agentLeg(2)]).toEqual(['waiting', 'nobody']);
});

test('who waits is offered a callback, presses 1, goes, and is called back by the next free agent: both talk', async () => {
  house = await new House(configured()).open();
  await offered(1);
  expect([...house.switch.playbacks.values()]).toEqual(['channel1']);
  expect(house.told('call1')).toContain('callbackOffered');
  const { sinceMs } = house.control.engine.book.get('call1')?.call.waiting ?? { sinceMs: -1 };
  house.switch.press('channel1', '1');
  await settled();
  expect(house.state('call1')).toBe('goodbye');
  expect(only()).toMatchObject({ state: 'onLine', number: '13800138000', queue: 'general', sinceMs });
  await house.heard();
  await settled();
  expect(house.end('call1')).toMatchObject({ result: 'callbackPromised' });
  expect(only().state).toBe('waiting');

  await house.ready(1);
  const { inCall } = only();
  expect(house.state(inCall ?? '')).toBe('callingAgent');
  expect(house.switch.channels.get(agentLeg())).toMatchObject({ target: 'phone1', originator: null });
  expect(called()).toBe('nobody');
  house.switch.answerLeg(agentLeg());
  await settled();
  expect(house.state(inCall ?? '')).toBe('dialling');
  expect(house.agents.get('agent1')?.state).toBe('TALKING');
  // Already in one bridge: who picks up hears a person and no silence.
  const bridge = `${inCall}.b`;
  expect([called(), agentLeg()].map((id) => house.switch.channels.get(id)?.bridge)).toEqual([bridge, bridge]);
  house.switch.answerLeg(called());
  await settled();
  expect(house.state(inCall ?? '')).toBe('talking');
  house.switch.end(called());
  await settled();
  expect(house.end(inCall ?? '')).toMatchObject({ result: 'reached', releasedBy: 'caller' });
  expect(house.agents.get('agent1')?.state).toBe('WRAP_UP');
  expect(house.control.callbacks.all()).toEqual([]);
  expect(house.savedCallbacks.size).toBe(0);
  expect(moves()).toEqual(['promised onLine', 'hungUp waiting', 'matched dialling', 'reached fulfilled']);
  expect(house.told(inCall ?? '')).toEqual([
    'callPlaced',
    'legRang',
    'legAnswered',
    'legRang',
    'legAnswered',
    'talkStarted',
    'recordingBegan',
    'legEnded',
    'callEnded',
  ]);
});

test('the number of who is called stands on no telephone but his own', async () => {
  house = await new House(configured()).open();
  await promised(1);
  await house.ready(1);
  expect(house.calls.get(only().inCall ?? '')).toMatchObject({ state: 'callingAgent' });
  const rung = house.switch.world.rung.filter(({ target }) => target.kind === 'phone');
  expect(rung.map(({ callerNumber, callerName }) => `${callerName} ${callerNumber}`).join()).not.toContain(
    '13800138000',
  );
  house.switch.answerLeg(agentLeg());
  await settled();
  expect(house.switch.world.rung.at(-1)).toMatchObject({
    target: { kind: 'number', number: '13800138000', trunk: 'carrier' },
    callerNumber: '12345',
    originator: null,
  });
});

test('the place is kept: who rang later is served later', async () => {
  house = await new House(configured()).open();
  await promised(1);
  house.switch.arrive(incoming(2, '12345', { callerNumber: '13900139000' }));
  await settled();
  await house.heard();
  await house.ready(1);
  expect(only().state).toBe('dialling');
  expect(house.state('call2')).toBe('queued');
});

test.each([
  ['a withheld number', { callerNumber: '' }],
  ['a number abroad', { callerNumber: '0085228765432' }],
  ['a line of our own', { callerNumber: '12319' }],
  ['an emergency number', { callerNumber: '110' }],
])('nothing is offered to %s, and its key means nothing', async (_what, more) => {
  house = await new House(configured()).open();
  await offered(1, more);
  expect(house.told('call1')).not.toContain('callbackOffered');
  house.switch.press('channel1', '1');
  await settled();
  expect(house.state('call1')).toBe('queued');
});

test('before it is offered the key means nothing; where no rule says so nothing is offered', async () => {
  house = await new House(sample([agent(1)])).open();
  await offered(1);
  expect(house.told('call1')).not.toContain('callbackOffered');
  house.switch.press('channel1', '1');
  await settled();
  expect(house.state('call1')).toBe('queued');
});

test('busy at the first try, there at the second: a short wrap-up for the agent, two minutes for the citizen', async () => {
  house = await new House(configured()).open();
  await promised(1);
  await dialling();
  const first = only().inCall ?? '';
  house.switch.end(called(), 'busy');
  await settled();
  expect(house.end(first)).toMatchObject({ result: 'notReached' });
  expect(house.facts).toContainEqual(
    expect.objectContaining({ callId: first, type: 'citizenDialled', outcome: 'busy' }),
  );
  expect(house.agents.get('agent1')).toMatchObject({ state: 'WRAP_UP' });
  expect(only()).toMatchObject({ state: 'resting', attempts: 1, lastOutcome: 'busy' });
  await house.after(5_000);
  expect(house.agents.get('agent1')?.state).toBe('READY');
  expect(only().state).toBe('resting');
  await house.after(2 * 60_000);
  expect(only().state).toBe('dialling');
  house.switch.answerLeg(agentLeg());
  await settled();
  house.switch.answerLeg(called());
  await settled();
  expect(house.state(only().inCall ?? '')).toBe('talking');
  await house.control.command({ kind: 'releaseCall', agentId: 'agent1' });
  await settled();
  await house.heard();
  await settled();
  expect(house.control.callbacks.all()).toEqual([]);
});

test('after so many tries it is given up', async () => {
  house = await new House(configured()).open();
  await promised(1);
  await house.ready(1);
  for (let n = 0; n < RULE.attempts; n += 1) {
    house.switch.answerLeg(agentLeg());
    await settled();
    house.switch.end(called(), 'noAnswer');
    await settled();
    await house.after(10 * 60_000);
  }
  expect(house.control.callbacks.all()).toEqual([]);
  expect(moves().at(-1)).toBe('notReached failed');
});

test('an agent who does not take it costs the citizen no try: the next one is asked', async () => {
  house = await new House(configured(2)).open();
  await promised(1);
  await house.ready(1);
  house.switch.end(agentLeg(), 'noAnswer');
  await settled();
  expect(house.agents.get('agent1')).toMatchObject({ state: 'NOT_READY', reason: 'missed' });
  expect(only()).toMatchObject({ state: 'waiting', attempts: 0 });
  await house.ready(2);
  expect(only().state).toBe('dialling');
  expect(agentLeg(2)).not.toBe('nobody');
});

test('a voicemail does not hold the agent: said so, the line goes and it counts as a try', async () => {
  house = await new House(configured()).open();
  await promised(1);
  await dialling();
  house.switch.answerLeg(called());
  await settled();
  const reply = await house.control.command({ kind: 'notReached', agentId: 'agent1', outcome: 'machine' });
  expect(reply).toMatchObject({ ok: true });
  await settled();
  expect(called()).toBe('nobody');
  expect(only()).toMatchObject({ state: 'resting', attempts: 1, lastOutcome: 'machine' });
  await house.after(5_000);
  expect(house.agents.get('agent1')?.state).toBe('READY');
});

test('F-18: he rings in himself: his place is kept, the callback steps aside, and ends when he gets through', async () => {
  house = await new House(configured()).open();
  await promised(1);
  const { sinceMs } = only();
  house.switch.arrive(incoming(2, '12345', { callerNumber: '13900139000' }));
  house.switch.arrive(incoming(3));
  await settled();
  await house.heard();
  expect(house.control.engine.book.get('call3')?.call.waiting).toMatchObject({ sinceMs });
  expect(only()).toMatchObject({ state: 'onLine', inCall: 'call3' });
  await house.ready(1);
  expect(house.state('call3')).toBe('ringingAgent');
  expect(house.state('call2')).toBe('queued');
  house.switch.answerLeg('call3.a1');
  await settled();
  expect(house.state('call3')).toBe('talking');
  expect(house.control.callbacks.all()).toEqual([]);
  expect(called()).toBe('nobody');
  expect(moves().at(-1)).toBe('gotThrough cancelled');
});

test('F-18: the place is all of it: who was cut off first and rings in himself goes before who was cut off after him', async () => {
  house = await new House(configured(2)).open();
  await house.ready(1, 2);
  for (const n of [1, 2]) {
    house.switch.arrive(incoming(n, '12345', { callerNumber: `1390013900${n}` }));
    await settled();
    await house.heard();
    house.switch.answerLeg(agentLeg(n));
    await settled();
  }
  house.switch.end('call1.a1', 'unreachable');
  await settled();
  await house.control.command({ kind: 'notReady', agentId: 'agent1', reason: 'rest' });
  await house.after(RULE.afterWaitMs);
  house.switch.press('channel1', '1');
  await settled();
  await house.heard();
  await house.heard();
  expect(only()).toMatchObject({ state: 'waiting', priority: CUT_OFF });
  house.switch.end('call2.a1', 'unreachable');
  house.switch.arrive(incoming(3, '12345', { callerNumber: '13900139001' }));
  await settled();
  await house.heard();
  expect([house.state('call2'), house.state('call3')]).toEqual(['queued', 'queued']);
  await house.ready(1);
  expect([house.state('call2'), house.state('call3')]).toEqual(['queued', 'ringingAgent']);
});

test('F-18: he hangs up before anybody answers: the callback stands where it stood', async () => {
  house = await new House(configured()).open();
  await promised(1);
  const { sinceMs } = only();
  house.switch.arrive(incoming(2));
  await settled();
  await house.heard();
  house.switch.end('channel2');
  await settled();
  expect(only()).toMatchObject({ state: 'waiting', sinceMs });
});

test('F-18: he rings in while we ring him: our call is let go, the agent is his', async () => {
  house = await new House(configured()).open();
  await promised(1);
  await dialling();
  house.switch.arrive(incoming(2));
  await settled();
  await house.heard();
  await settled();
  expect(called()).toBe('nobody');
  expect(house.state('call2')).toBe('ringingAgent');
  expect(only()).toMatchObject({ state: 'onLine', inCall: 'call2' });
  const talking = [...house.control.engine.book.all()].filter(({ call }) => call.state === 'talking');
  expect(talking).toEqual([]);
});

test.each([
  ['waits', 'waiting'],
  ['is being rung', 'dialling'],
] as const)(
  'F-18: who %s at one desk and gets through at another is not called as well',
  async (_how, state) => {
    const base = configured();
    const agents = [...base.agents, agent(2, ['desk'])];
    house = await new House({ ...base, agents }).open();
    await promised(1);
    if (state === 'dialling') await dialling();
    expect(only().state).toBe(state);
    await house.ready(2);
    house.switch.arrive(incoming(2, '12369'));
    await settled();
    await house.heard();
    expect(house.state('call2')).toBe('ringingAgent');
    // Not before he speaks with somebody.
    expect(only().state).toBe(state);
    house.switch.answerLeg(agentLeg(2));
    await settled();
    expect(house.state('call2')).toBe('talking');
    expect(house.control.callbacks.all()).toEqual([]);
    expect(called()).toBe('nobody');
    expect(moves().slice(-2)).toEqual(['calledIn onLine', 'gotThrough cancelled']);
    await house.ready(1);
    expect(called()).toBe('nobody');
  },
);

test('asked for twice it is one', async () => {
  house = await new House(configured()).open();
  await promised(1);
  await promised(2);
  expect(only()).toMatchObject({ state: 'waiting', callId: 'call1' });
});

test('a restart with a callback waiting, and one in the middle of a dial: both are gone on with', async () => {
  house = await new House(configured()).open();
  await promised(1);
  await house.control.stop();
  house.switch.forget();
  house = await new House(configured(), house).open();
  expect(only()).toMatchObject({ state: 'waiting', number: '13800138000' });
  await house.ready(1);
  house.switch.answerLeg(agentLeg());
  await settled();
  expect(only().state).toBe('dialling');
  const { inCall } = only();
  await house.control.stop();
  house.switch.forget();
  house = await new House(configured(), house).open();
  expect(only()).toMatchObject({ state: 'dialling', inCall });
  expect(house.state(inCall ?? '')).toBe('dialling');
  house.switch.answerLeg(called());
  await settled();
  expect(house.state(inCall ?? '')).toBe('talking');
  house.switch.end(called());
  await settled();
  expect(house.control.callbacks.all()).toEqual([]);
});

test('cancelled by a person it is over, also while it rings', async () => {
  house = await new House(configured()).open();
  await promised(1);
  await dialling();
  const { id } = only();
  const reply = await house.control.command({
    kind: 'cancelCallback',
    callbackId: id,
    by: { accountId: 'lead1', name: '班长' },
    reason: '已另行答复',
  });
  expect(reply).toMatchObject({ ok: true });
  await settled();
  expect(called()).toBe('nobody');
  expect(house.control.callbacks.all()).toEqual([]);
  expect(house.facts.at(-1)).toBeDefined();
  expect(moves().at(-1)).toBe('cancel cancelled');
});

test('a queue that is no more: the callback waits on at the general desk, in its place', async () => {
  const base = configured();
  const desk = {
    ...base,
    queues: base.queues.map((one) => ({ ...one, callback: RULE, overflowQueue: null })),
  };
  house = await new House(desk).open();
  house.switch.arrive(incoming(1, '12369'));
  await settled();
  await house.heard();
  await house.after(RULE.afterWaitMs);
  house.switch.press('channel1', '1');
  await settled();
  await house.heard();
  await settled();
  const { sinceMs } = only();
  expect(only()).toMatchObject({ state: 'waiting', queue: 'desk' });
  house.configuration = { ...desk, version: 2, queues: desk.queues.filter(({ code }) => code === 'general') };
  await house.control.command({ kind: 'reloadConfiguration' });
  await settled();
  expect(only()).toMatchObject({ state: 'waiting', queue: 'general', sinceMs });
  await house.ready(1);
  expect(only().state).toBe('dialling');
});

test('nobody is dialled who waits too long: the promise runs out by itself', async () => {
  house = await new House(configured()).open();
  await promised(1);
  await house.after(RULE.validMs + 1);
  expect(house.control.callbacks.all()).toEqual([]);
  expect(moves().at(-1)).toBe('expire expired');
});

test('whoever gave the citizen of a callback to a colleague is offered the next caller, though that talk goes on', async () => {
  house = await new House(configured(2)).open();
  await promised(1);
  await dialling();
  house.switch.answerLeg(called());
  await settled();
  await house.ready(2);
  const target = { kind: 'agent', agent: '1002' } as const;
  await house.control.command({
    kind: 'talk',
    agentId: 'agent1',
    key: 'k',
    wish: { kind: 'transfer', target, note: {} },
  });
  await settled();
  house.switch.answerLeg(agentLeg(2));
  await settled();
  await house.control.command({ kind: 'endWrapUp', agentId: 'agent1' });
  expect(house.agents.get('agent1')?.state).toBe('READY');
  house.switch.arrive(incoming(2, '12345', { callerNumber: '13900139000' }));
  await settled();
  await house.heard();
  expect(house.state('call2')).toBe('ringingAgent');
  expect(house.agents.get('agent1')?.state).toBe('RINGING');
});

test('who asked for what not everybody can do is called back by one who can', async () => {
  const base = configured(2);
  const able = base.agents.map((one, n) => (n === 1 ? { ...one, skills: { wu: 5 } } : one));
  house = await new House({
    ...base,
    agents: able,
    queues: base.queues.map((one) => (one.code === 'general' ? { ...one, skills: 'wu:3' } : one)),
  }).open();
  await promised(1);
  await house.ready(1);
  expect(only().state).toBe('waiting');
  await house.ready(2);
  expect(only().state).toBe('dialling');
  expect([agentLeg(1), agentLeg(2)]).toEqual(['nobody', expect.stringMatching(/\.a1$/)]);
});

test.each(['before', 'after'] as const)(
  'his place overflows as if he had waited on: promised %s the other desk looks for an agent too',
  async (when) => {
    const base = configured();
    house = await new House({
      ...base,
      queues: base.queues.map((one) => ({
        ...one,
        callback: RULE,
        ...(one.code === 'desk' ? { overflowAfterMs: when === 'before' ? 60_000 : 10_000 } : {}),
      })),
    }).open();
    await promised(1, { dialled: '12369' });
    expect(only()).toMatchObject({ state: 'waiting', queue: 'desk' });
    // He serves the general desk alone.
    await house.ready(1);
    expect(only().state).toBe(when === 'before' ? 'waiting' : 'dialling');
    if (when === 'after') return;
    await house.control.stop();
    house.switch.forget();
    house = await new House(house.configuration, house).open();
    expect(only().state).toBe('waiting');
    await house.after(40_000);
    await settled();
    expect(only().state).toBe('dialling');
  },
);

test('the callback carries the citizen’s open ticket, and whoever takes it sees which', async () => {
  house = await new House(configured()).open();
  const openTicket = { id: 'ticket7', number: 'RD20261125-0007' };
  house.known.set('13800138000', { ...UNKNOWN_CALLER, hasOpenTicket: true, openTicket });
  await promised(1);
  expect(only()).toMatchObject({ ticketId: 'ticket7', ticketNumber: 'RD20261125-0007' });
  await house.ready(1);
  const about = { purpose: 'queueCallback', ticketId: 'ticket7', callbackId: only().id };
  expect(house.calls.get(only().inCall ?? '')).toMatchObject({ about });
  const [rung] = house.switch.world.rung.slice(-1);
  expect(rung?.callerName).toContain('RD20261125-0007');
  expect(house.facts.find(({ type }) => type === 'callPlaced')).toMatchObject({ ticketId: 'ticket7' });
});

test('the promise and the call that it was made in are saved in one turn: no death comes between', async () => {
  house = await new House(configured()).open();
  await offered(1);
  const saved: string[] = [];
  const note = (what: string): void => void saved.push(what);
  let turn = 0;
  const watch = <V>(map: Map<string, V>, name: string): void => {
    const set = map.set.bind(map);
    map.set = (key, value) => {
      note(`${turn} ${name}`);
      return set(key, value);
    };
  };
  watch(house.savedCalls, 'call');
  watch(house.savedCallbacks, 'callback');
  // A turn is over when the journal may write: with the next round of the event loop.
  const rounds = setInterval(() => {
    turn += 1;
  }, 0);
  house.switch.press('channel1', '1');
  await settled();
  clearInterval(rounds);
  const of = (name: string): string | undefined =>
    saved.find((one) => one.endsWith(` ${name}`))?.split(' ')[0];
  expect(of('callback')).toBeDefined();
  expect(of('call')).toBe(of('callback'));
});

test('what was known last is out of reach: the books say who was promised a call, once they answer, and nobody twice', async () => {
  house = await new House(configured()).open();
  await promised(1, { callerNumber: '13800138001' });
  await promised(2, { callerNumber: '13800138002' });
  const [first, second] = house.control.callbacks.all();
  if (first === undefined || second === undefined) throw new Error('two were promised');
  await house.control.stop();
  const { clock, savedHours, lastSign } = house;
  const next = new House(configured(), {
    clock,
    switch: new SlowSwitch(),
    saved: new Map(),
    savedCalls: new Map(),
    savedHours,
    lastSign,
  });
  next.foundAs = 'stale';
  next.books = 'away';
  next.promisedInBooks = [first, second];
  house = await next.open();
  expect(house.control.callbacks.all()).toEqual([]);
  // One of them rings in himself and is promised a call anew, before the books answer.
  await promised(3, { callerNumber: '13800138001' });
  const anew = only();
  house.books = 'there';
  await house.after(5_000);
  await settled();
  expect(house.control.callbacks.all().map(({ id }) => id)).toEqual([anew.id, second.id]);
  expect([...house.savedCallbacks.keys()]).toEqual([anew.id, second.id]);
});
