import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AgentAtWork } from '../../../src/demo/agent-at-work.ts';
import type { PhoneCall } from '../../../src/demo/phone/phone-call.ts';
import { until } from '../../../src/demo/poll.ts';
import type { Citizen } from '../../../src/demo/sipp/citizen.ts';
import { recordedThrough } from '../../support/kept-recording.ts';
import { leaseHolder } from '../../support/redis-hand.ts';
import { SteadyMusic } from '../../support/tone-music.ts';
import { PROMPT_HZ, QUEUE_WORDS_HZ, Town } from '../../support/town.ts';
import { goesOn } from '../../support/voices.ts';

// Redis is stopped and comes back empty; the cable to Asterisk is cut, or carries nothing any more. Meanwhile recordings go
// on, and the music of who waits.

let town: Town;
beforeAll(async () => {
  town = await Town.found({ wrapUpMs: 300, music: 'tone' });
});
afterAll(() => town?.raze());
afterEach(async () => {
  await town.redisServer.start();
  await town.ari.mend();
  await town?.rest();
});

interface Pair {
  readonly number: string;
  readonly citizen: Citizen;
  readonly call: PhoneCall;
}

async function talk(agent: AgentAtWork, number: string): Promise<Pair> {
  const ringing = agent.phone.nextCall(20_000);
  const citizen = await town.citizen({ dialled: '12345', number });
  const call = await ringing;
  expect(call.from).toBe(number);
  await call.answer();
  await town.converse(citizen, call);
  return { number, citizen, call };
}

async function waits(number: string): Promise<Citizen> {
  const citizen = await town.citizen({ dialled: '12345', number });
  await town.untilCallIs(number, 'queued');
  return citizen;
}

const musicOf = (waiting: ReadonlyMap<string, Citizen>): Promise<readonly SteadyMusic[]> =>
  SteadyMusic.amongWords(QUEUE_WORDS_HZ, ...[...waiting.values()].map(({ sound }) => sound));
const wentOn = (music: readonly SteadyMusic[]): Promise<unknown> =>
  Promise.all(music.map((one) => one.wentOn()));

/** How often it was noticed that the switch was away. */
const losses = (): number => town.callControl.log().split('the switch is away').length;

/** Who waits is served next, in order, and all of them are in the books, recorded whole; `sinceMs`: before what struck. */
async function serve(
  agent: AgentAtWork,
  first: Pair,
  waiting: ReadonlyMap<string, Citizen>,
  sinceMs: number,
): Promise<void> {
  await town.converse(first.citizen, first.call);
  first.citizen.hangUp();
  expect(await first.call.ended).toBe('byThem');
  for (const [number, citizen] of waiting) {
    const call = await agent.phone.nextCall(30_000);
    expect(call.from).toBe(number);
    await call.answer();
    await town.converse(citizen, call);
    await goesOn(citizen.sound);
    await call.hangUp();
    await citizen.ended;
    expect(await town.callInBooks(number)).toMatchObject({ result: 'answeredByAgent', agentNumber: '1001' });
  }
  for (const number of [first.number, ...waiting.keys()]) {
    const { id } = await town.callInBooks(number);
    await recordedThrough(town, id, sinceMs);
  }
}

test('Redis is stopped and comes back empty: calls notice nothing, the lease is put back, commands work again', async () => {
  const agent = await town.agent('1001');
  const first = await talk(agent, '13800136101');
  const waiting = new Map([
    ['13800136102', await waits('13800136102')],
    ['13800136103', await waits('13800136103')],
  ]);
  const music = await musicOf(waiting);
  const before = await leaseHolder(town.redisServer.url);
  const sinceMs = Date.now();
  await town.redisServer.stop();
  await town.converse(first.citizen, first.call);
  // Nobody can say a word through the API, and still a new caller is answered and waits.
  const late = await town.citizen({ dialled: '12319', number: '13800136104' });
  await late.sound.untilHears(PROMPT_HZ['greeting-forwarded'], 10_000);
  waiting.set('13800136104', late);
  await town.redisServer.start();
  const after = await until('the lease', 20_000, () => leaseHolder(town.redisServer.url));
  expect(after).toEqual(before);
  await town.untilAnswering();
  await wentOn(music);
  await serve(agent, first, waiting, sinceMs);
});

test.for([
  { how: 'is cut', strike: () => town.ari.cut(), tail: '2' },
  { how: 'carries nothing any more', strike: async () => town.ari.freeze(), tail: '3' },
])(
  'the cable to Asterisk $how: talks go on and music plays on, new calls reach the fallback, and afterwards all is ours again',
  async ({ strike, tail }) => {
    const numbers = [1, 2, 3, 4, 5].map((at) => `138001362${tail}${at}`);
    const [one = '', two = '', three = '', gone = '', five = ''] = numbers;
    const agent = await town.agent('1001');
    const first = await talk(agent, one);
    const colleague = await town.agent('1002');
    const held = await talk(colleague, five);
    await colleague.api.post('/v1/agents/me/talk/hold', {});
    const waiting = new Map([[two, await waits(two)]]);
    const leaver = await waits(gone);
    held.citizen.sound.forget();
    const music = [...(await musicOf(waiting)), ...(await SteadyMusic.at(held.citizen.sound))];
    const sinceMs = Date.now();
    const lossesBefore = losses();
    await strike();
    try {
      await town.converse(first.citizen, first.call);
      // Nobody claims him: the dialplan greets him, and he waits in its queue.
      const fallen = await town.citizen({ dialled: '12345', number: three });
      await fallen.sound.untilHears(PROMPT_HZ['greeting-fallback'], 15_000);
      waiting.set(three, fallen);
      leaver.hangUp();
      await leaver.ended;
      // As long as it takes to notice a cable that is silent.
      await until('the loss noticed', 30_000, async () => (losses() > lossesBefore ? true : null));
    } finally {
      await town.ari.mend();
    }
    await town.untilAnswering();
    expect(await town.callInBooks(gone)).toMatchObject({ result: 'abandoned', agentId: null });
    await town.untilCallIs(three, 'queued', 60_000);
    await wentOn(music);
    await serve(agent, first, waiting, sinceMs);
    await colleague.api.post('/v1/agents/me/talk/resume', {});
    await town.converse(held.citizen, held.call);
    await goesOn(held.citizen.sound);
    held.citizen.hangUp();
    expect(await held.call.ended).toBe('byThem');
    await recordedThrough(town, (await town.callInBooks(five)).id, sinceMs);
  },
);
