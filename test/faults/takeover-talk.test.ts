import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AgentAtWork } from '../../src/demo/agent-at-work.ts';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import { until } from '../../src/demo/poll.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { MUSIC_HZ, SteadyMusic } from '../support/tone-music.ts';
import { Town } from '../support/town.ts';
import { HZ } from '../support/voices.ts';

// Call control dies in the midst of what an agent does with a talk: the successor knows who is where, and goes on.

let town: Town;
beforeAll(async () => {
  town = await Town.found({ wrapUpMs: 300, music: 'tone' });
});
afterAll(() => town?.raze());
beforeEach(async () => {
  if (!town.callControl.running) await town.callControl.start();
  await town.untilAnswering();
});
afterEach(() => town?.rest());

interface Talk {
  readonly agent: AgentAtWork;
  readonly citizen: Citizen;
  readonly call: PhoneCall;
}

async function talk(number: string): Promise<Talk> {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number });
  const call = await agent.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  return { agent, citizen, call };
}

const act = (agent: AgentAtWork, what: string, body: object = {}): Promise<unknown> =>
  agent.api.post(`/v1/agents/me/talk/${what}`, body);

async function successor(): Promise<void> {
  await town.callControl.kill();
  await town.callControl.start();
  await town.untilAnswering();
}

/** The one who is held hears the music, which leaves no room for anybody's voice; through the death and on. */
async function isHeldWhile(citizen: Citizen, dies: () => Promise<void>): Promise<void> {
  citizen.sound.forget();
  const music = await SteadyMusic.at(citizen.sound);
  await dies();
  await Promise.all(music.map((one) => one.wentOn()));
  expect(citizen.sound.level(MUSIC_HZ)).toBeGreaterThan(0.9);
}

test('killed while a citizen is on hold: he stays there with his music, and is taken back by the agent', async () => {
  const { agent, citizen, call } = await talk('13800135101');
  await act(agent, 'hold');
  await isHeldWhile(citizen, successor);
  await act(agent, 'resume');
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  expect(await town.callInBooks('13800135101')).toMatchObject({
    result: 'answeredByAgent',
    releasedBy: 'caller',
  });
});

test('killed during a consultation: the two agents talk on, the citizen waits, and is handed over', async () => {
  const { agent, citizen, call } = await talk('13800135102');
  const colleague = await town.agent('1002');
  const asked = colleague.phone.nextCall(10_000);
  await act(agent, 'consult', { target: { kind: 'agent', agent: '1002' } });
  const other = await asked;
  await other.answer();
  await other.connected;
  // A voice that the agent has not heard before: with the citizen's it was killed before the two were together.
  other.sound.speak(HZ.second);
  await call.sound.untilHears(HZ.second, 8_000);
  await isHeldWhile(citizen, successor);
  call.sound.forget();
  await call.sound.untilHears(HZ.second, 8_000);
  await act(agent, 'complete');
  await until('the first agent released', 10_000, async () =>
    (await agent.seen())?.state === 'TALKING' ? null : true,
  );
  await town.converse(citizen, other);
  citizen.hangUp();
  expect(await other.ended).toBe('byThem');
  expect(await town.callInBooks('13800135102')).toMatchObject({ result: 'answeredByAgent' });
});
