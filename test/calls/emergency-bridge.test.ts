import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../src/demo/api-client.ts';
import { until } from '../../src/demo/poll.ts';
import { PROMPT_HZ, Town } from '../support/town.ts';
import { answered, HZ, hears } from '../support/voices.ts';

// Who is on call is called into a talk by one key, on the real switch: a voicemail never comes to the citizen, a person does.

const [MACHINE, PERSON] = ['13800138301', '13800138302'] as const;

interface Seen {
  readonly talk: {
    readonly bridge: {
      readonly state: string;
      readonly people: readonly {
        readonly name: string;
        readonly state: string;
        readonly party: string | null;
      }[];
    } | null;
  } | null;
}

let town: Town;
beforeAll(async () => {
  town = await Town.found();
  const operator = await ApiClient.signIn(town.apiUrl, 'operator', town.passwordOf('operator'));
  const rule = { mode: 'ladder', rungAfterSeconds: 60, rounds: 1, retryAfterSeconds: 0 };
  await operator.post('/v1/duty-lists', { code: 'centre', name: '中心应急', rule });
  await operator.post('/v1/duty-lists/centre/shifts', {
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 3_600_000).toISOString(),
    ladder: [
      { name: '甲', number: MACHINE },
      { name: '乙', number: PERSON },
    ],
  });
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

const bridgeNow = async () => {
  const { calls } = await town.lead.get<{ calls: readonly Seen[] }>('/v1/calls/live');
  return calls[0]?.talk?.bridge ?? null;
};

test('the first is a machine and presses nothing, the second a person who comes; call control dies meanwhile; he is muted and sent away', async () => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number: '13800138300' });
  const call = await answered(await agent.phone.nextCall(10_000), 'first');
  await citizen.answered;
  citizen.sound.speak(HZ.citizen);
  await hears(citizen.sound, 'first');
  const carrier = await town.unitPhone();
  const act = (path: string, body: object) => agent.api.post(`/v1/agents/me/talk/${path}`, body);
  await act('emergency-bridge', {
    list: 'centre',
    reason: '化工厂泄漏',
    ticket: 'T-2026-9',
    location: '人民路1号',
  });
  const machine = await carrier.nextCall(10_000);
  expect({ dialled: machine.dialled, from: machine.from }).toEqual({ dialled: MACHINE, from: '12345' });
  expect(machine.sipHeader('X-12345-Ticket')).toBe('T-2026-9');
  await answered(machine, 'unit');
  await machine.sound.untilHears(PROMPT_HZ['bridge-confirm'], 8_000);
  // The two talk on, and hear nothing of the machine.
  await Promise.all([hears(citizen.sound, 'first'), hears(call.sound, 'citizen')]);
  const next = carrier.nextCall(10_000);
  await machine.hangUp();
  const person = await next;
  expect(person.dialled).toBe(PERSON);
  await answered(person, 'unit');
  await person.sound.untilHears(PROMPT_HZ['bridge-confirm'], 8_000);
  await town.callControl.kill();
  await town.callControl.start();
  await town.untilAnswering();
  await person.sound.press('1');
  await Promise.all([
    hears(citizen.sound, 'first', 'unit'),
    hears(call.sound, 'citizen', 'unit'),
    hears(person.sound, 'citizen', 'first'),
  ]);
  const bridge = await until('the bridge on the board', 5_000, async () => {
    const seen = await bridgeNow();
    return seen?.state === 'confirmed' ? seen : null;
  });
  expect(bridge.people.map(({ name, state }) => [name, state])).toEqual([
    ['甲', 'unreached'],
    ['乙', 'there'],
  ]);
  const party = bridge.people[1]?.party;
  await act('mute', { party });
  await Promise.all([hears(citizen.sound, 'first'), hears(person.sound, 'citizen', 'first')]);
  await act('remove', { party });
  expect(await person.ended).toBe('byThem');
  await Promise.all([hears(citizen.sound, 'first'), hears(call.sound, 'citizen')]);
  citizen.hangUp();
  const { facts } = await town.callInBooks('13800138300');
  expect(facts.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['bridgeOpened', 'dutyConfirmed', 'bridgeOver']),
  );
  const { reason } = await town.inBooks<{ reason: string }>(
    `select reason from audit_trail where action = 'call.bridgeOpened'`,
    [],
  );
  expect(reason).toBe('化工厂泄漏');
}, 90_000);
