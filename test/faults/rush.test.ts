import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { CITIZEN_HZ, Town } from '../support/town.ts';

// F-15: call control is killed while a dozen citizens talk and wait. Nobody is dropped, nobody jumps the queue, and
// the day's figures add up.

const AGENTS = ['1001', '1002', '1003', '1004'];
const CITIZENS = Array.from({ length: 12 }, (_, at) => `138001390${String(at + 10)}`);

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

test('call control is killed during twelve live calls: none is dropped, the order is kept, the totals add up', async () => {
  const agents = await Promise.all(AGENTS.map((number) => town.agent(number)));
  const rang: string[] = [];
  const talks = new Map<string, { readonly agent: AgentAtWork; readonly call: PhoneCall }>();
  for (const agent of agents) {
    agent.phone.onCall = (call) => {
      rang.push(call.from);
      talks.set(call.from, { agent, call });
      void call.answer();
    };
  }
  const citizens = new Map<string, Citizen>();
  for (const number of CITIZENS) {
    const citizen = await town.citizen({ dialled: '12345', number });
    await citizen.answered;
    citizen.sound.speak(CITIZEN_HZ);
    citizens.set(number, citizen);
    // Who stands where in the queue is settled when he is in it: a greeting may end before that of who dialled earlier.
    if (citizens.size <= AGENTS.length) await expect.poll(() => talks.has(number)).toBe(true);
    else await town.untilCallIs(number, 'queued');
  }
  const talking = [...talks.keys()];
  await Promise.all([...talks.values()].map(({ call }) => call.sound.untilHears(CITIZEN_HZ, 5_000)));

  await town.callControl.kill();
  const killedAt = Date.now();
  await town.callControl.start();
  await town.untilAnswering();
  process.stdout.write(`call control answered again ${Date.now() - killedAt} ms after it was killed\n`);
  for (const number of talking) {
    const talk = talks.get(number);
    talk?.call.sound.forget();
    await talk?.call.sound.untilHears(CITIZEN_HZ, 5_000);
  }
  // One after the other is served, and each is heard by the agent who took the call.
  for (const number of CITIZENS) {
    await expect.poll(() => talks.has(number), { timeout: 15_000 }).toBe(true);
    const talk = talks.get(number);
    if (talk === undefined) throw new Error('unreachable');
    await talk.call.connected;
    await talk.call.sound.untilHears(CITIZEN_HZ, 5_000);
    await talk.call.hangUp();
    expect(await citizens.get(number)?.ended).toMatchObject({ code: 0, by: 'switch' });
    await talk.agent.ready(15_000);
  }
  expect(rang).toEqual(CITIZENS);
  for (const number of CITIZENS) {
    expect(await town.callInBooks(number)).toMatchObject({ result: 'answeredByAgent', releasedBy: 'agent' });
  }
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
  const { total } = await town.lead.get<{ total: Readonly<Record<string, number>> }>(
    `/v1/totals?from=${day}&to=${day}`,
  );
  expect(total).toMatchObject({ arrived: 12, answered: 12, open: 12, abandoned: 0, lost: 0, underWay: 0 });
});
