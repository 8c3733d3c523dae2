import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { type AgentSeen, ApiClient, ApiRefusal } from '../../src/demo/api-client.ts';
import { until } from '../../src/demo/poll.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { BrowserAgent } from '../support/browser-agent.ts';
import { ANSWER_HZ, CITIZEN_HZ, Town } from '../support/town.ts';

// D8 and the death of call control: two agents' pages have crashed in the midst of their talks, and are waited for in the
// moment in which it dies. What is left of the half minute is its successor's.

const PASSWORD = '沈悦-webrtc-7341';
const PAGES = ['1101', '1102'] as const;
/** How long a page is waited for, and what a busy machine adds to it. */
const [WAITED_MS, MORE_MS] = [30_000, 8_000];

let town: Town;
beforeAll(async () => {
  town = await Town.found({ wrapUpMs: 300 });
  const admin = await ApiClient.signIn(town.apiUrl, 'admin', town.passwordOf('admin'));
  for (const number of PAGES) {
    await admin.post('/v1/accounts', {
      ...{ username: `page${number}`, displayName: '沈悦', password: PASSWORD, roles: ['agent'] },
      agent: { number, employer: 'platform', queues: ['general'], phoneKind: 'browser' },
    });
  }
  await admin.signOut();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

async function page(number: string): Promise<BrowserAgent> {
  const agent = await BrowserAgent.start({
    chromium: inject('tools').chromium,
    apiUrl: town.apiUrl,
    username: `page${number}`,
    password: PASSWORD,
  });
  town.visit(() => agent.leave());
  return agent;
}

interface Talk {
  readonly agent: BrowserAgent;
  readonly citizen: Citizen;
}

async function talk(number: string, caller: string): Promise<Talk> {
  const agent = await page(number);
  await agent.ready();
  const citizen = await town.citizen({ dialled: '12345', number: caller });
  expect(await agent.rung()).toBe(caller);
  citizen.sound.speak(CITIZEN_HZ);
  await agent.answer(ANSWER_HZ);
  await Promise.all([agent.untilHears(CITIZEN_HZ), citizen.sound.untilHears(ANSWER_HZ, 10_000)]);
  return { agent, citizen };
}

interface LiveCall {
  readonly talk: {
    readonly parties: readonly { readonly agentId: string | null; readonly state: string }[];
  } | null;
}

const seen = async (number: string): Promise<AgentSeen | undefined> => {
  const { agents } = await town.lead.get<{ agents: readonly AgentSeen[] }>('/v1/agents');
  return agents.find((one) => one.number === number);
};

/** The page crashes. That its talk is lost is said at once, as the page after it would. */
async function crash({ agent }: Talk): Promise<void> {
  const { api, number } = agent;
  await agent.vanish();
  await until(`the page of ${number} away`, 15_000, async () =>
    (await seen(number))?.phoneReachable === false ? true : null,
  );
  await api.post('/v1/agents/me/talk/reconnect').catch((refusal: unknown) => {
    // The switch has found it out by itself.
    if (!(refusal instanceof ApiRefusal)) throw refusal;
  });
  await until(`the page of ${number} waited for`, 10_000, async () => {
    const { calls } = await town.lead.get<{ calls: readonly LiveCall[] }>('/v1/calls/live');
    const id = (await seen(number))?.agentId;
    const parties = calls.flatMap(({ talk }) => talk?.parties ?? []);
    return parties.some(({ agentId, state }) => agentId === id && state === 'awaited') ? true : null;
  });
}

/** Music or words, and nobody's voice. */
async function isComforted({ sound }: Citizen): Promise<void> {
  sound.forget();
  await sound.untilSound(10_000);
  expect(sound.level(ANSWER_HZ)).toBeLessThan(0.1);
}

test('killed while two pages are waited for: one comes back to his citizen, the other’s citizen goes on after the half minute', {
  timeout: 150_000,
}, async () => {
  const [back, gone] = [await talk('1101', '13800135201'), await talk('1102', '13800135202')] as const;
  const colleague = await town.agent('1001');
  const lostAt = Date.now();
  await Promise.all([crash(back), crash(gone)]);
  await Promise.all([isComforted(back.citizen), isComforted(gone.citizen)]);

  await town.callControl.kill();
  await town.callControl.start();
  await town.untilAnswering();
  await Promise.all([isComforted(back.citizen), isComforted(gone.citizen)]);
  expect(colleague.phone.calls).toEqual([]);
  for (const number of PAGES) expect(await seen(number)).toMatchObject({ state: 'TALKING' });

  const again = await page('1101');
  expect(await again.rung()).toBe('13800135201');
  await again.answer(ANSWER_HZ);
  back.citizen.sound.forget();
  await Promise.all([again.untilHears(CITIZEN_HZ), back.citizen.sound.untilHears(ANSWER_HZ, 10_000)]);

  const call = await colleague.phone.nextCall(WAITED_MS + MORE_MS);
  expect(call.from).toBe('13800135202');
  const waitedMs = Date.now() - lostAt;
  expect(waitedMs).toBeGreaterThan(WAITED_MS);
  await call.answer();
  await town.converse(gone.citizen, call);
  // His talk went on all the while.
  back.citizen.sound.forget();
  await Promise.all([again.untilHears(CITIZEN_HZ), back.citizen.sound.untilHears(ANSWER_HZ, 10_000)]);
  expect(await seen('1102')).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable' });

  back.citizen.hangUp();
  gone.citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  const [first, second] = [await town.callInBooks('13800135201'), await town.callInBooks('13800135202')];
  expect(first).toMatchObject({ agentNumber: '1101', result: 'answeredByAgent', releasedBy: 'caller' });
  expect(first.legs.map(({ agentNumber }) => agentNumber)).toEqual(['1101', '1101']);
  expect(second).toMatchObject({ agentNumber: '1001', result: 'answeredByAgent', releasedBy: 'caller' });
  expect(second.legs.map(({ agentNumber }) => agentNumber)).toEqual(['1102', '1001']);
  // Nothing lost or doubled: the numbers of the facts are without a gap, and who rejoined was waited for once.
  for (const { facts } of [first, second]) {
    expect(facts.map(({ seq }) => seq)).toEqual([...facts.keys()].map((at) => at + 1));
    const held = facts.filter(({ type, body }) => type === 'citizenHeld' && body.why === 'rejoin');
    expect(held).toHaveLength(1);
  }
});
