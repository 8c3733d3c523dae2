import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import type { Phone } from '../../src/demo/phone/phone.ts';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import { until } from '../../src/demo/poll.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { asksForCallback, callsBack, offerCallbacks, talkWithin } from '../support/queue-callbacks.ts';
import { inRedis } from '../support/redis-hand.ts';
import { Town } from '../support/town.ts';
import type { RoleProcess } from '../support/town-roles.ts';

// Two call controls on two machines: they share Asterisk, PostgreSQL and Redis, and no disk.

let town: Town;
let active: RoleProcess;
let standby: RoleProcess;
beforeAll(async () => {
  town = await Town.found({ wrapUpMs: 300, standbyElsewhere: true });
  [active, standby] = [town.callControl, town.standby];
  await offerCallbacks(town);
});
afterAll(() => town?.raze());
// Whoever was left over serves.
beforeEach(() => {
  if (!active.running) [active, standby] = [standby, active];
});
afterEach(() => town?.rest());

const STANDS_BY = 'this one stands by';
const ACTIVE = 'is the active one';
const times = (role: RoleProcess, words: string): number => role.log().split(words).length - 1;

async function stands(role: RoleProcess): Promise<void> {
  const before = times(role, STANDS_BY);
  await role.start();
  await until('a standby', 15_000, async () => (times(role, STANDS_BY) > before ? true : null));
}

interface Scene {
  readonly agent: AgentAtWork;
  readonly talking: Citizen;
  readonly talk: PhoneCall;
  readonly waiting: readonly Citizen[];
}

/** One talks, one was promised a call, and two wait behind his place. */
async function scene(tail: string): Promise<Scene> {
  const agent = await town.agent('1001');
  const talking = await town.citizen({ dialled: '12345', number: `1380014${tail}1` });
  const talk = await agent.phone.nextCall(10_000);
  await talk.answer();
  await town.converse(talking, talk);
  await asksForCallback(town, `1380014${tail}0`);
  const waiting: Citizen[] = [];
  for (const at of [2, 3]) {
    waiting.push(await town.citizen({ dialled: '12345', number: `1380014${tail}${at}` }));
    await town.untilCallIs(`1380014${tail}${at}`, 'queued');
  }
  return { agent, talking, talk, waiting };
}

async function ends({ talking, talk }: Scene): Promise<void> {
  await town.converse(talking, talk);
  talking.hangUp();
  expect(await talk.ended).toBe('byThem');
}

/** Whose place was first is called first, in whichever way he is reached. */
async function callsHimBack(agent: AgentAtWork, carrier: Phone, number: string): Promise<void> {
  const { desk, his } = await callsBack(agent, carrier);
  expect(his.dialled).toBe(number);
  await his.answer();
  await his.connected;
  await talkWithin(desk, his);
  await his.hangUp();
  await desk.ended;
}

async function served({ agent, waiting }: Scene, tail: string): Promise<void> {
  for (const [at, citizen] of waiting.entries()) {
    const call = await agent.phone.nextCall(15_000);
    expect(call.from).toBe(`1380014${tail}${at + 2}`);
    await call.answer();
    await town.converse(citizen, call);
    await call.hangUp();
    expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
  }
}

const openCallbacks = async (): Promise<readonly { readonly id: string; readonly state: string }[]> =>
  (await town.lead.get<{ callbacks: readonly { id: string; state: string }[] }>('/v1/callbacks?only=open'))
    .callbacks;

test('the machine of the active one is lost: talk, promise and the order of who waits are kept by the other one', {
  timeout: 120_000,
}, async () => {
  await stands(standby);
  const all = await scene('901');
  expect(await openCallbacks()).toMatchObject([{ state: 'waiting' }]);
  const before = times(standby, ACTIVE);
  const killedAt = Date.now();
  await active.kill();
  await town.untilAnswering();
  process.stdout.write(`the other machine answered after ${Date.now() - killedAt} ms\n`);
  expect(times(standby, ACTIVE)).toBe(before + 1);
  expect(standby.log()).toMatch(/"from":"mirror","as":"latest"/);
  await expect.poll(async () => (await all.agent.seen())?.state).toBe('TALKING');
  const carrier = await town.unitPhone();
  await ends(all);
  await callsHimBack(all.agent, carrier, '13800149010');
  await served(all, '901');
  expect(await openCallbacks()).toEqual([]);
  for (const at of [1, 2, 3]) {
    expect(await town.callInBooks(`1380014901${at}`)).toMatchObject({
      result: 'answeredByAgent',
      agentNumber: '1001',
      releasedBy: at === 1 ? 'caller' : 'agent',
    });
  }
});

test('it is lost while Redis is away: the calls are taken over as the switch has them, the promise as the books have it', {
  timeout: 120_000,
}, async () => {
  await stands(standby);
  const all = await scene('902');
  await expect.poll(openCallbacks).toHaveLength(1);
  const before = times(standby, ACTIVE);
  await town.redis.cut();
  try {
    // The mirror is out of reach, and what it holds is older than what was told since.
    await active.kill();
    await until('the successor', 15_000, async () => (times(standby, ACTIVE) > before ? true : null));
    // It says so before it has given the mirror up.
    await expect.poll(() => standby.log(), { timeout: 15_000 }).toMatch(/"from":"file","as":"stale"/);
    await town.converse(all.talking, all.talk);
  } finally {
    await town.redis.mend();
  }
  await town.untilAnswering();
  const carrier = await town.unitPhone();
  await ends(all);
  // Nobody of this machine knew who was at work: they say so themselves.
  await all.agent.ready(20_000);
  await callsHimBack(all.agent, carrier, '13800149020');
  await served(all, '902');
  expect(await town.callInBooks('13800149021')).toMatchObject({ releasedBy: 'caller' });
  expect(await openCallbacks()).toEqual([]);
  const { url } = town.redisServer;
  const at = await inRedis(url, (redis) => redis.get('yht:0:house:at'));
  expect(JSON.parse(at ?? '{}')).toMatchObject({ generation: expect.any(Number) });
});
