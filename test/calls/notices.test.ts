import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ApiClient, type CallDetailSeen } from '../../src/demo/api-client.ts';
import { until } from '../../src/demo/poll.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { plainName } from '../../src/domain/ivr/words-spoken.ts';
import { maskedNumber } from '../../src/domain/privacy/masked.ts';
import { PROMPT_HZ, Town } from '../support/town.ts';

// Announcements of incidents and restricted callers, with real calls: heard by whom they are meant for and by nobody
// else, acting on the next call within a second, and over when they are over.

let town: Town;
let operator: ApiClient;
beforeAll(async () => {
  town = await Town.found();
  operator = await ApiClient.signIn(town.apiUrl, 'operator', town.passwordOf('operator'));
});
afterAll(() => town?.raze());
afterEach(() => town.rest());

const REASON = '供水公司来电告知';
/** A change was answered when call control had it: a second is what it may take. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const before = Date.now();
  const done = await work;
  expect(Date.now() - before).toBeLessThan(ms);
  return done;
}

interface Incident {
  readonly id: string;
  readonly spokenAt: string | null;
  readonly spokenFailure: string | null;
  readonly subscribers: number;
  readonly waiting: number;
  readonly state: string;
}
const incident = async (id: string): Promise<Incident> =>
  (await operator.get<{ announcement: Incident }>(`/v1/announcements/${id}`)).announcement;
async function announced(more: object): Promise<string> {
  const body = {
    title: '余荡村停水',
    text: '余荡村停水。',
    until: new Date(Date.now() + 3_600_000).toISOString(),
    reason: REASON,
    ...more,
  };
  const { announcement } = await operator.post<{ announcement: Incident }>('/v1/announcements', body);
  const { id } = announcement;
  await until('the announcement spoken', 15_000, async () => {
    const { spokenAt, spokenFailure } = await incident(id);
    expect(spokenFailure).toBeNull();
    return spokenAt;
  });
  return id;
}

/** Greeting, announcement, offer and the time to press take nine seconds by themselves. */
const HEARD_OUT_MS = 25_000;

/** Dials, waits until the call is so far, and hangs up. */
async function rings(number: string, dialled: string, state: string): Promise<CallDetailSeen> {
  const citizen = await town.citizen({ dialled, number });
  await town.untilCallIs(number, state, HEARD_OUT_MS);
  return leaves(citizen, number);
}
async function leaves(citizen: Citizen, number: string): Promise<CallDetailSeen> {
  citizen.hangUp();
  await citizen.ended;
  return town.callInBooks(number);
}
const heard = ({ facts }: CallDetailSeen): readonly unknown[] =>
  facts.flatMap(({ type, body }) => (type === 'announcementPlayed' ? [plainName(String(body.prompt))] : []));
const told = ({ facts }: CallDetailSeen): readonly string[] => facts.map(({ type }) => type);

interface DayCounts {
  readonly heard: number;
  readonly subscribed: number;
  readonly hungUp: number;
}

test('an announcement aimed at a line and an area: heard there, key 1 puts the number on the list once, closing tells it', async () => {
  const mobile = '13800139101';
  const id = await announced({ lines: ['12319'], area: { areaCodes: ['0513'], numbers: [mobile] } });
  const spoken = `announcement-${id}`;

  for (const time of ['first', 'second']) {
    const citizen = await town.citizen({ dialled: '12319', number: mobile });
    await town.untilCallIs(mobile, 'announcing');
    await citizen.sound.press('1');
    await citizen.sound.untilHears(PROMPT_HZ['notice-subscribed'], 5_000);
    await town.untilCallIs(mobile, 'queued');
    const call = await leaves(citizen, mobile);
    expect(told(call), time).toContain('noticeSubscribed');
    // The next of this number must not be taken for this one.
    await until('the list', 10_000, async () => ((await incident(id)).subscribers === 1 ? true : null));
  }
  const [near, otherLine, otherArea] = await Promise.all([
    rings('051384110021', '12319', 'queued'),
    rings('051384110022', '12345', 'queued'),
    rings('02584110023', '12319', 'queued'),
  ]);
  expect(heard(near)).toEqual(['greeting-forwarded', spoken, `${spoken}-offer`]);
  expect(heard(otherLine)).toEqual(['greeting-main']);
  expect(heard(otherArea)).toEqual(['greeting-forwarded']);
  // Who hangs up while it plays has what he called for.
  const informed = await rings('051384110024', '12319', 'announcing');
  expect(informed.result).toBe('informed');

  await within(1_000, operator.post(`/v1/announcements/${id}/close`, { reason: '供水已恢复' }));
  const after = await rings('051384110025', '12319', 'queued');
  expect(heard(after)).toEqual(['greeting-forwarded']);
  const { messages } = await operator.get<{ messages: readonly { number: string; text: string }[] }>(
    `/v1/messages?subjectKind=incident&subjectId=${id}`,
  );
  expect(messages).toMatchObject([{ number: maskedNumber(mobile), text: expect.stringContaining('已恢复') }]);
  const { days } = await operator.get<{ days: readonly DayCounts[] }>(`/v1/announcements/${id}`);
  // Midnight may have passed meanwhile: the counts are a day's.
  const sum = (of: keyof DayCounts): number => days.reduce((all, day) => all + day[of], 0);
  expect([sum('heard'), sum('subscribed'), sum('hungUp')]).toEqual([4, 2, 1]);
});

test('an announcement ends by itself at its end', async () => {
  const { announcement } = await operator.post<{ announcement: Incident }>('/v1/announcements', {
    title: '停电',
    text: '城区停电。',
    lines: ['12318'],
    until: new Date(Date.now() + 6_000).toISOString(),
    reason: REASON,
    offerKey: null,
  });
  await until('the end', 15_000, async () =>
    (await incident(announcement.id)).state === 'expired' ? true : null,
  );
  const call = await rings('13800139105', '12318', 'queued');
  expect(told(call)).not.toContain('noticePlayed');
});

interface Restricted {
  readonly id: string;
  readonly state: string;
}
async function restricted(number: string, step: string, more: object = {}): Promise<Restricted> {
  const body = { number, step, hours: 24, reason: '一日内来电四十余次', ...more };
  const made = await operator.post<Restricted>('/v1/restrictions', body);
  if (step === 'note') return made;
  const approve = town.lead.post<Restricted>(`/v1/restrictions/${made.id}/approve`, { reason: '情况属实' });
  return within(1_000, approve);
}

test('a limited caller reaches a person so often, then hears why; a restart of call control opens no gate', async () => {
  const number = '13800139111';
  await restricted(number, 'note');
  await restricted(number, 'limit', { callsPerHour: 1 });
  expect((await rings(number, '12345', 'queued')).result).toBe('abandoned');

  const citizen = await town.citizen({ dialled: '12345', number });
  await citizen.sound.untilHears(PROMPT_HZ['restricted-limit'], 8_000);
  expect(await citizen.ended).toMatchObject({ by: 'switch' });
  await until('the refusal in the books', 10_000, async () =>
    (await town.callInBooks(number)).result === 'refused' ? true : null,
  );

  await town.callControl.kill();
  await town.callControl.start();
  await town.untilAnswering();
  const again = await town.citizen({ dialled: '12345', number });
  await again.sound.untilHears(PROMPT_HZ['restricted-limit'], 8_000);
  expect(await again.ended).toMatchObject({ by: 'switch' });
});

test('a blocked caller hears why and is released; withheld he passes; lifted he reaches a person again', async () => {
  const number = '13800139112';
  await restricted(number, 'note');
  await restricted(number, 'limit', { callsPerHour: 5 });
  const { id } = await restricted(number, 'block');

  const citizen = await town.citizen({ dialled: '12319', number });
  await citizen.sound.untilHears(PROMPT_HZ['restricted-block'], 8_000);
  expect(await citizen.ended).toMatchObject({ by: 'switch' });
  const refused = await town.callInBooks(number);
  expect(refused).toMatchObject({ result: 'refused', releasedBy: 'system', agentId: null });
  expect(refused.facts.find(({ type }) => type === 'farewell')?.body).toMatchObject({ restriction: id });

  const agent = await town.agent('1001');
  const hidden = await town.citizen({ dialled: '12345', number: '' });
  const passed = await agent.phone.nextCall(10_000);
  await passed.answer();
  await town.converse(hidden, passed);
  hidden.hangUp();
  await passed.ended;

  await within(1_000, town.lead.post(`/v1/restrictions/${id}/lift`, { reason: '已沟通，态度改善' }));
  await agent.untilState('READY', 15_000);
  const freed = await town.citizen({ dialled: '12319', number });
  const call = await agent.phone.nextCall(10_000);
  await call.answer();
  await town.converse(freed, call);
  // The agent who talks with him reads what is on record.
  const notes = async () =>
    (await operator.get<{ calls: readonly { note?: string | null }[] }>('/v1/calls/live')).calls.map(
      ({ note }) => note,
    );
  await expect.poll(notes).toContain('备注：一日内来电四十余次；限制：一日内来电四十余次');
});
