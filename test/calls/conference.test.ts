import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RtpEnd } from '../../src/demo/sound/rtp-end.ts';
import { Town } from '../support/town.ts';
import { answered, goesOn, HZ, hears, type Who } from '../support/voices.ts';

// A citizen, his agent, a unit and somebody at any number, in one talk with real telephones: each speaks a tone of its own.

const OUTSIDE_NUMBER = '13912340088';

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

type Ends = Readonly<Partial<Record<Who, RtpEnd>>>;

/** Each of them hears every one of the others, but for `silent`, and nobody else. */
async function hearEachOther(ends: Ends, ...silent: readonly Who[]): Promise<void> {
  const there = Object.entries(ends) as [Who, RtpEnd][];
  const heard = there.map(([who]) => who).filter((who) => !silent.includes(who));
  await Promise.all(there.map(([who, end]) => hears(end, ...heard.filter((other) => other !== who))));
}

/** Whoever listens at this port, which was a telephone's a moment ago, while the talk goes on for a second. */
async function arrivesAt(port: number, talk: RtpEnd): Promise<number> {
  const ear = createSocket('udp4');
  let packets = 0;
  ear.on('message', () => {
    packets += 1;
  });
  ear.bind(port, '127.0.0.1');
  await once(ear, 'listening');
  await goesOn(talk, 1_000);
  ear.close();
  return packets;
}

async function parties(): Promise<Readonly<Record<string, string>>> {
  const { calls } = await town.lead.get<{
    calls: readonly { talk: { parties: readonly { id: string; kind: string }[] } | null }[];
  }>('/v1/calls/live');
  return Object.fromEntries((calls[0]?.talk?.parties ?? []).map(({ kind, id }) => [kind, id]));
}

test('citizen, agent, unit and an outside number: each hears the others; who is muted is not heard, who is removed hears nothing', {
  timeout: 120_000,
}, async () => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number: '13800138601' });
  const first = await answered(await agent.phone.nextCall(10_000), 'first');
  await citizen.answered;
  citizen.sound.speak(HZ.citizen);
  await hearEachOther({ citizen: citizen.sound, first: first.sound });
  const act = (path: string, body?: object) => agent.api.post(`/v1/agents/me/talk/${path}`, body);

  const carrier = await town.unitPhone();
  await act('invite', { target: { kind: 'unit', unit: 'justice' } });
  const unit = await answered(await carrier.nextCall(10_000), 'unit');
  const three = { citizen: citizen.sound, first: first.sound, unit: unit.sound };
  await hearEachOther(three);
  await act('invite', { target: { kind: 'number', number: OUTSIDE_NUMBER } });
  const outside = await answered(await carrier.nextCall(10_000), 'outside');
  expect({ dialled: outside.dialled, from: outside.from }).toEqual({
    dialled: OUTSIDE_NUMBER,
    from: '12345',
  });
  const four: Ends = { ...three, outside: outside.sound };
  await hearEachOther(four);

  const ids = await parties();
  const whoIs: Readonly<Partial<Record<Who, string | undefined>>> = {
    citizen: 'citizen',
    unit: ids.unit,
    outside: ids.number,
  };
  for (const who of ['unit', 'outside', 'citizen'] as const) {
    await act('mute', { party: whoIs[who] });
    await hearEachOther(four, who);
    await act('unmute', { party: whoIs[who] });
    await hearEachOther(four);
  }
  // Without a name: himself. One more who is muted meanwhile stays it.
  await act('mute', { party: whoIs.unit });
  await act('mute');
  await hearEachOther(four, 'first', 'unit');
  await act('unmute');
  await hearEachOther(four, 'unit');

  const { port } = outside.sound;
  await act('remove', { party: whoIs.outside });
  expect(await outside.ended).toBe('byThem');
  await hearEachOther(three, 'unit');
  expect(await arrivesAt(port, citizen.sound)).toBe(0);
  await act('unmute', { party: whoIs.unit });
  await hearEachOther(three);
  await act('remove', { party: whoIs.unit });
  expect(await unit.ended).toBe('byThem');
  await hearEachOther({ citizen: citizen.sound, first: first.sound });
  citizen.hangUp();
  expect(await first.ended).toBe('byThem');
  const { facts } = await town.callInBooks('13800138601');
  expect(facts.filter(({ body }) => body.how === 'removed')).toHaveLength(2);
});
