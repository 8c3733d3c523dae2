import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import { until } from '../../src/demo/poll.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { recordedThrough } from '../support/kept-recording.ts';
import { inRedis, leaseHolder } from '../support/redis-hand.ts';
import { SteadyMusic } from '../support/tone-music.ts';
import { Town } from '../support/town.ts';
import type { RoleProcess } from '../support/town-roles.ts';

// Two call controls in one folder: one is active, the other takes over when it dies or freezes, and nobody notices.

let town: Town;
/** As they stand at the beginning of a test. */
let active: RoleProcess;
let standby: RoleProcess;
beforeAll(async () => {
  town = await Town.found({ wrapUpMs: 300, music: 'tone' });
  [active, standby] = [town.callControl, town.standby];
});
afterAll(() => town?.raze());
beforeEach(() => stands(standby));
afterEach(() => town?.rest());

const STANDS_BY = 'this one stands by';
const ACTIVE = 'is the active one';
const times = (role: RoleProcess, words: string): number => role.log().split(words).length - 1;

/** Starts it, and waits until it stands by. */
async function stands(role: RoleProcess): Promise<void> {
  if (role.running) return;
  const before = times(role, STANDS_BY);
  await role.start();
  await until('a standby', 15_000, async () => (times(role, STANDS_BY) > before ? true : null));
}

interface Scene {
  readonly agent: AgentAtWork;
  readonly talking: Citizen;
  readonly talk: PhoneCall;
  readonly waiting: readonly Citizen[];
  /** When all this stood, epoch ms: what strikes comes later. */
  readonly sinceMs: number;
}

async function oneTalksTwoWait(tail: string): Promise<Scene> {
  const agent = await town.agent('1001');
  const talking = await town.citizen({ dialled: '12345', number: `1380013${tail}1` });
  const talk = await agent.phone.nextCall(10_000);
  await talk.answer();
  await town.converse(talking, talk);
  const waiting: Citizen[] = [];
  for (const at of [2, 3]) {
    waiting.push(await town.citizen({ dialled: '12345', number: `1380013${tail}${at}` }));
    await town.untilCallIs(`1380013${tail}${at}`, 'queued');
  }
  return { agent, talking, talk, waiting, sinceMs: Date.now() };
}

const musicOf = ({ waiting }: Scene): Promise<readonly SteadyMusic[]> =>
  SteadyMusic.at(...waiting.map(({ sound }) => sound));
const wentOn = (music: readonly SteadyMusic[]): Promise<unknown> =>
  Promise.all(music.map((one) => one.wentOn()));

/** The talk goes on; when it ends the two who wait are served in the order of their coming. */
async function goesOn(scene: Scene, tail: string): Promise<void> {
  const { agent, talking, talk } = scene;
  await town.converse(talking, talk);
  talking.hangUp();
  expect(await talk.ended).toBe('byThem');
  await serves(scene, await agent.phone.nextCall(15_000), tail);
}

/** In the order of their coming, and each is recorded whole; `first` rings at the agent's already, or is talked on. */
async function serves({ agent, waiting, sinceMs }: Scene, first: PhoneCall, tail: string): Promise<void> {
  for (const [at, citizen] of waiting.entries()) {
    const call = at === 0 ? first : await agent.phone.nextCall(15_000);
    expect(call.from).toBe(`1380013${tail}${at + 2}`);
    await call.answer();
    await town.converse(citizen, call);
    await call.hangUp();
    expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
  }
  for (const at of [1, 2, 3]) {
    const call = await town.callInBooks(`1380013${tail}${at}`);
    expect(call).toMatchObject({
      result: 'answeredByAgent',
      agentNumber: '1001',
      releasedBy: at === 1 ? 'caller' : 'agent',
    });
    await recordedThrough(town, call.id, sinceMs);
  }
}

test('the active call control is killed: the standby controls the calls within three seconds', async () => {
  const scene = await oneTalksTwoWait('801');
  const music = await musicOf(scene);
  const before = times(standby, ACTIVE);
  const killedAt = Date.now();
  await active.kill();
  await town.untilAnswering();
  const controlledMs = Date.now() - killedAt;
  process.stdout.write(`killed: the standby answered after ${controlledMs} ms\n`);
  expect(times(standby, ACTIVE)).toBe(before + 1);
  expect(controlledMs).toBeLessThan(3_000);
  await wentOn(music);
  await goesOn(scene, '801');
  [active, standby] = [standby, active];
});

test('the active call control is frozen: the standby takes over, and the old one ends when it wakes', async () => {
  const scene = await oneTalksTwoWait('802');
  const music = await musicOf(scene);
  const before = times(standby, ACTIVE);
  const frozenAt = Date.now();
  active.freeze();
  await town.untilAnswering();
  process.stdout.write(`frozen: the standby answered after ${Date.now() - frozenAt} ms\n`);
  // By this very freezing, and while the old one still holds its sockets and believes in its lease.
  expect(times(standby, ACTIVE)).toBe(before + 1);
  expect(active.running).toBe(true);
  await wentOn(music);
  // What happens to the calls meanwhile is the standby's alone: one talk ends and the next begins before the old one wakes,
  // which knows of the first and would clear the second away.
  const [next] = scene.waiting;
  if (next === undefined) throw new Error('two wait');
  scene.talking.hangUp();
  expect(await scene.talk.ended).toBe('byThem');
  const call = await scene.agent.phone.nextCall(15_000);
  await call.answer();
  await town.converse(next, call);
  active.thaw();
  expect(await active.ended()).toMatchObject({ code: 75 });
  expect(scene.agent.phone.calls.map(({ id }) => id)).toEqual([call.id]);
  await town.converse(next, call);
  await serves(scene, call, '802');
  [active, standby] = [standby, active];
});

test('Redis is flushed: the active one stays it, and puts its lease back', async () => {
  const scene = await oneTalksTwoWait('803');
  const music = await musicOf(scene);
  const before = times(standby, ACTIVE) + times(active, ACTIVE);
  const { url } = town.redisServer;
  await inRedis(url, (redis) => redis.flushall());
  // Long enough for a standby that would believe that nobody serves.
  await until('the lease put back', 5_000, () => leaseHolder(url));
  await town.untilAnswering();
  expect(times(standby, ACTIVE) + times(active, ACTIVE)).toBe(before);
  await wentOn(music);
  await goesOn(scene, '803');
});

test('the active one is killed while Redis is away: the standby takes over all the same', async () => {
  const scene = await oneTalksTwoWait('804');
  const music = await musicOf(scene);
  const before = times(standby, ACTIVE);
  await town.redis.cut();
  try {
    await active.kill();
    await until('the successor', 5_000, async () => (times(standby, ACTIVE) > before ? true : null));
    await town.converse(scene.talking, scene.talk);
  } finally {
    await town.redis.mend();
  }
  await town.untilAnswering();
  await wentOn(music);
  await goesOn(scene, '804');
  [active, standby] = [standby, active];
});
