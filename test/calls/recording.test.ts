import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { PhoneCall } from '../../src/demo/phone/phone-call.ts';
import { until } from '../../src/demo/poll.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { toneShare } from '../../src/demo/sound/tone.ts';
import { sidesOf } from '../support/tone-file.ts';
import { ANSWER_HZ, CITIZEN_HZ, Town } from '../support/town.ts';

// What is kept of a call: two sides, one time line, a pause that is silence, and only for who says what for.

let town: Town;
beforeAll(async () => {
  town = await Town.found();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

interface Seen {
  readonly segments: readonly {
    readonly segment: string;
    readonly state: string;
    readonly sha256: string;
    readonly durationMs: number;
    readonly gaps: readonly { readonly why: string; readonly fromMs: number; readonly toMs: number }[];
  }[];
  readonly participants: readonly { readonly who: string; readonly fromMs: number; readonly toMs: number }[];
}

/** As a player fetches it, for the agent 1001. */
async function soundOf(url: string): Promise<Buffer> {
  const session = await fetch(`${town.apiUrl}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: '1001', password: town.passwordOf('1001'), as: 'token' }),
  });
  const { token } = (await session.json()) as { token: string };
  const sound = await fetch(`${town.apiUrl}${url}`, { headers: { authorization: `Bearer ${token}` } });
  expect(sound.status).toBe(200);
  return Buffer.from(await sound.arrayBuffer());
}

interface Told {
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}
async function untilTold(callId: string, which: (fact: Told) => boolean): Promise<void> {
  await until(`a fact of ${callId}`, 20_000, async () => {
    const call = await town.lead.get<{ facts: readonly Told[] }>(`/v1/calls/${callId}`).catch(() => null);
    return call?.facts.some(which) === true ? true : null;
  });
}

/** Long enough for whole fifths of a second of both voices, wherever a window begins. */
async function converse(citizen: Citizen, call: PhoneCall): Promise<void> {
  await town.converse(citizen, call);
  for (let times = 0; times < 4; times += 1) {
    citizen.sound.forget();
    await citizen.sound.untilHears(ANSWER_HZ, 3_000);
  }
}

test('a pause is silence on both sides of a recording that goes on, also while call control dies', async () => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number: '13800138301' });
  const call = await agent.phone.nextCall(10_000);
  await call.answer();
  await converse(citizen, call);
  await agent.api.post('/v1/agents/me/recording/pause', { reason: '银行卡号', seconds: 5 });
  const { callId } = await agent.untilState('TALKING', 5_000);
  if (callId === null) throw new Error('no call');
  await untilTold(callId, ({ type }) => type === 'recordingSilenced');
  await town.callControl.kill();
  await town.callControl.start();
  // Nobody asks for it: the time that was set before the death is up.
  await untilTold(callId, ({ type, body }) => type === 'recordingResumed' && body.how === 'timeUp');
  await converse(citizen, call);
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  const detail = await town.callInBooks('13800138301');

  const { citizen: left, staff: right } = await town.recordingOf(detail.id);
  const seen = await town.lead.get<Seen>(`/v1/calls/${detail.id}/recordings`);
  expect(seen.segments).toMatchObject([{ segment: 'main', state: 'stored', gaps: [{ why: 'paused' }] }]);
  expect(seen.participants.map(({ who }) => who)).toEqual(['citizen', 'agent']);
  const [gap] = seen.segments[0]?.gaps ?? [];
  if (gap === undefined) throw new Error('no gap');
  expect(gap.toMs - gap.fromMs).toBeGreaterThan(4_000);
  const heard = (fromMs: number, toMs: number): boolean =>
    left.slice(Math.ceil(fromMs / 200), Math.floor(toMs / 200)).some((window, at) => {
      const other = right[Math.ceil(fromMs / 200) + at] ?? [];
      return toneShare(window, CITIZEN_HZ) > 0.5 || toneShare(other, ANSWER_HZ) > 0.5;
    });
  expect(heard(gap.fromMs - 1_000, gap.fromMs)).toBe(true);
  expect(heard(gap.fromMs + 400, gap.toMs - 400)).toBe(false);
  expect(heard(gap.toMs + 400, gap.toMs + 2_000)).toBe(true);
});

test('a recording is played to who says what for: the very file that was hashed, and nobody else', async () => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: '12345', number: '13800138302' });
  const call = await agent.phone.nextCall(10_000);
  await call.answer();
  await converse(citizen, call);
  citizen.hangUp();
  await call.ended;
  const { id } = await town.callInBooks('13800138302');
  await town.recordingOf(id);
  const { segments } = await town.lead.get<Seen>(`/v1/calls/${id}/recordings`);
  const [main] = segments;
  const { url } = await agent.api.post<{ url: string }>(`/v1/calls/${id}/recordings/main/listens`, {
    purpose: '核对地址',
  });
  const sound = await soundOf(url);
  expect(createHash('sha256').update(sound).digest('hex')).toBe(main?.sha256);
  const { status } = await fetch(`${town.apiUrl}${url}`);
  expect(status).toBe(401);
  expect(sidesOf(sound).citizen.some((window) => toneShare(window, CITIZEN_HZ) > 0.8)).toBe(true);
});
