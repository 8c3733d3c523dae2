import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../src/demo/api-client.ts';
import { until } from '../../src/demo/poll.ts';
import { SAMPLE_RATE } from '../../src/demo/sound/alaw.ts';
import { KeptRecording } from '../support/kept-recording.ts';
import { REVIEWED } from '../support/reviewed.ts';
import { keyWayHere, SippCitizen } from '../support/sipp-citizen.ts';
import type { KeyWay } from '../support/sipp-citizen-scenario.ts';
import { ANSWER_HZ, CITIZEN_HZ, PROMPT_HZ, Town } from '../support/town.ts';
import { goesOn } from '../support/voices.ts';

// The machine calls citizens whose matters are reported done: through the trunk, with 12345 on the display. SIPp is the
// citizen: it picks up and types the keys, as RTP events or as SIP INFO, and they go all the way into the books.

interface TicketRead {
  readonly state: string;
  readonly version: number;
  readonly timeline: readonly { readonly type: string; readonly reason: string }[];
}
interface SurveySeen {
  readonly id: string;
  readonly state: string;
  readonly how: string | null;
  readonly given: object;
}

let town: Town;
let unit: ApiClient;
beforeAll(async () => {
  town = await Town.found({ wrapUpMs: 500 });
  unit = await signedIn('unit.water');
  // The test runs at night as well.
  await changed('/v1/outbound-rules', {
    quietHours: { fromMinute: 0, toMinute: 0 },
    reason: '测试不分昼夜',
  });
  expect(await changed('/v1/survey-rules', { on: { returnVisit: true } })).toMatchObject({
    revision: 0,
    on: { returnVisit: false },
  });
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

/** By the operator; returns what it was before. */
async function changed(path: string, change: object): Promise<object> {
  const ask = async (method: string, at: string, token: string | null, body?: object): Promise<object> => {
    const headers = {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(new URL(at, town.apiUrl), { method, headers, ...sent });
    if (!response.ok) throw new Error(`${method} ${at}: ${response.status} ${await response.text()}`);
    return (await response.json()) as object;
  };
  const login = { username: 'operator', password: town.passwordOf('operator'), as: 'token' };
  const { token } = (await ask('POST', '/v1/session', null, login)) as { token: string };
  const before = await ask('GET', path, token);
  await ask('PUT', path, token, { ...before, ...change });
  return before;
}

const signedIn = (name: string) => ApiClient.signIn(town.apiUrl, name, town.passwordOf(name));
const readTicket = (id: string) => town.lead.get<TicketRead>(`/v1/tickets/${id}`);

/** A ticket of this citizen that waits for its return visit. */
async function reportedDone(citizenNumber: string): Promise<string> {
  const { id } = await town.lead.post<{ id: string }>('/v1/tickets', {
    type: 'COMPLAINT',
    categoryCode: 'uncategorised',
    content: '门前水管爆裂，无人处理',
    unitCode: 'water',
    citizenName: '张三丰',
    citizenNumber,
  });
  const steps = [
    [unit, { move: 'signFor' }],
    [unit, { move: 'handle' }],
    [unit, { move: 'reportDone', reason: '办结', details: { reply: '水管已修复。' } }],
    [town.lead, { move: 'visit', details: { checklist: REVIEWED } }],
  ] as const;
  for (const [who, body] of steps) {
    const { version } = await readTicket(id);
    await who.post(`/v1/tickets/${id}/moves`, { ...body, version });
  }
  return id;
}

const folder = (): string => join(town.asterisk.recordingsDir, 'messages');

/** Behind the carrier, and about to be called: he will type these keys. */
async function citizen(keys: string, way: KeyWay = keyWayHere()): Promise<SippCitizen> {
  const his = await SippCitizen.waitsAt(town.asterisk.carrierPort, keys, way);
  town.visit(() => his.dispose());
  return his;
}
async function picksUp(his: SippCitizen, number: string): Promise<void> {
  expect(await his.picksUp(20_000)).toEqual({ dialled: number, from: '12345' });
}
/** In the order in which they come, what he hears and which key he types at that. */
async function hears(his: SippCitizen, ...turns: readonly [prompt: keyof typeof PROMPT_HZ, key: string][]) {
  for (const [prompt, key] of turns) {
    await his.sound.untilHears(PROMPT_HZ[prompt], 15_000);
    his.sound.forget();
    if (key !== '') await his.types(key);
  }
}
const recorded = (ticketId: string): Promise<SurveySeen> =>
  until('the survey in the books', 20_000, async () => {
    const { surveys } = await town.lead.get<{ surveys: readonly SurveySeen[] }>(
      `/v1/surveys?ticketId=${ticketId}`,
    );
    return surveys.find(({ state }) => state === 'recorded') ?? null;
  });

test('he answers three questions, with one wrong key, speaks a message, and his ticket is closed', async () => {
  const number = '13800138061';
  const his = await citizen('19121#');
  const id = await reportedDone(number);
  await picksUp(his, number);
  await hears(
    his,
    ['survey-hello', '1'],
    ['survey-resolved', '9'],
    ['survey-wrong', ''],
    ['survey-resolved', '1'],
    ['survey-result', '2'],
    ['survey-process', '1'],
    ['message-tone', ''],
  );
  his.sound.speak(CITIZEN_HZ);
  await until('two seconds of the message', 15_000, async () => {
    const sizes = await Promise.all(
      (await readdir(folder())).map(async (name) => (await stat(join(folder(), name))).size),
    );
    return sizes.some((size) => size >= 4 * SAMPLE_RATE) ? true : null;
  });
  await his.types('#');
  his.sound.hush();
  await hears(his, ['survey-thanks', '']);
  expect(await his.ended).toMatchObject({ code: 0, log: expect.stringContaining('step released') });
  const survey = await recorded(id);
  expect(survey).toMatchObject({ how: 'completed', given: { resolved: true, result: 4, process: 5 } });
  const ticket = await readTicket(id);
  expect(ticket.state).toBe('closed');
  expect(ticket.timeline.at(-1)).toMatchObject({ reason: '自动回访：已解决，结果满意，过程非常满意' });
  const { messages } = await town.lead.get<{ messages: readonly { callId: string }[] }>('/v1/voice-messages');
  expect(messages.map(({ callId }) => callId)).toContain(survey.id);
  expect(await town.lead.get(`/v1/calls/${survey.id}`)).toMatchObject({
    purpose: 'survey',
    result: 'reached',
  });
});

test('keys as SIP INFO, not solved: his matter is worked on again', async () => {
  const number = '13800138066';
  const his = await citizen('1251', 'info');
  const id = await reportedDone(number);
  await picksUp(his, number);
  await hears(
    his,
    ['survey-hello', '1'],
    ['survey-resolved', '2'],
    ['survey-result', '5'],
    ['survey-process', '1'],
  );
  await hears(his, ['survey-message', '']);
  await his.hangsUp();
  expect(await recorded(id)).toMatchObject({
    how: 'completed',
    given: { resolved: false, result: 1, process: 5 },
  });
  expect((await readTicket(id)).state).toBe('handling');
});

test('no key: asked again, then let go; a key that comes too late changes nothing, and the ticket waits on', async () => {
  const number = '13800138062';
  const his = await citizen('1');
  const id = await reportedDone(number);
  await picksUp(his, number);
  await hears(his, ['survey-hello', ''], ['survey-nothing', ''], ['survey-later', '1']);
  expect((await his.ended).code).toBe(0);
  expect(await recorded(id)).toMatchObject({ how: 'machine', given: {} });
  expect((await readTicket(id)).state).toBe('returnVisit');
}, 60_000);

test('a late key, when he is asked for the second time, counts; he hangs up in the middle, and what he said is kept', async () => {
  const number = '13800138063';
  const his = await citizen('12');
  const id = await reportedDone(number);
  await picksUp(his, number);
  await hears(
    his,
    ['survey-hello', ''],
    ['survey-nothing', '1'],
    ['survey-resolved', '2'],
    ['survey-result', ''],
  );
  await his.hangsUp();
  expect((await his.ended).code).toBe(0);
  expect(await recorded(id)).toMatchObject({ how: 'brokenOff', given: { resolved: false } });
  const { citizens } = await town.lead.get<{ citizens: readonly { tickets: readonly object[] }[] }>(
    '/v1/visits',
  );
  const mine = citizens.flatMap(({ tickets }) => tickets).find((one) => 'id' in one && one.id === id);
  expect(mine).toMatchObject({
    attempts: [{ outcome: 'brokenOff', machine: true, given: { resolved: false } }],
  });
}, 60_000);

test('0: a person, whose telephone says which ticket it is about; both talk', async () => {
  const number = '13800138064';
  const his = await citizen('0');
  const id = await reportedDone(number);
  const { number: ticketNumber } = await town.lead.get<{ number: string }>(`/v1/tickets/${id}`);
  await picksUp(his, number);
  await hears(his, ['survey-hello', '0']);
  const agent = await town.agent('1001');
  const desk = await agent.phone.nextCall(10_000);
  expect(desk.displayName).toContain(ticketNumber);
  await desk.answer();
  await desk.connected;
  desk.sound.forget();
  his.sound.forget();
  his.sound.speak(CITIZEN_HZ);
  desk.sound.speak(ANSWER_HZ);
  await Promise.all([desk.sound.untilHears(CITIZEN_HZ, 8_000), his.sound.untilHears(ANSWER_HZ, 8_000)]);
  await goesOn(his.sound);
  await his.hangsUp();
  await desk.ended;
  const survey = await recorded(id);
  expect(survey).toMatchObject({ how: 'person' });
  expect((await readTicket(id)).state).toBe('returnVisit');
  // Recorded from his answer on, what the machine asked and what the two said.
  const kept = await KeptRecording.of(town, survey.id);
  expect(kept.summary).toEqual([
    { segment: 'main', state: 'stored', channels: 2, fault: null, gaps: [], isHashed: true },
  ]);
  const talked = kept.at('talkStarted');
  expect(kept.heard('citizen', { fromMs: talked })).toEqual(['citizen']);
  expect(kept.heard('staff', { fromMs: talked })).toEqual(['first']);
  expect(kept.at('recordingBegan')).toBeLessThan(kept.at('surveyEnded'));
});

test('two matters, one call: each is asked about by itself, and each goes its own way', async () => {
  const number = '13800138067';
  const his = await citizen('1111251');
  const before = await changed('/v1/survey-rules', { severalMatters: 'machine', on: { returnVisit: false } });
  const [first, second] = [await reportedDone(number), await reportedDone(number)];
  await changed('/v1/survey-rules', { on: { returnVisit: true } });
  expect(before).toMatchObject({ severalMatters: 'clerk' });
  await picksUp(his, number);
  await hears(
    his,
    ['survey-hello', '1'],
    ['survey-resolved', '1'],
    ['survey-result', '1'],
    ['survey-process', '1'],
  );
  await hears(
    his,
    ['survey-resolved', '2'],
    ['survey-result', '5'],
    ['survey-process', '1'],
    ['survey-message', ''],
  );
  await his.hangsUp();
  expect(await recorded(first)).toMatchObject({ how: 'completed', given: { resolved: true, result: 5 } });
  expect(await recorded(second)).toMatchObject({ how: 'completed', given: { resolved: false, result: 1 } });
  expect((await readTicket(first)).state).toBe('closed');
  expect((await readTicket(second)).state).toBe('handling');
}, 60_000);

test('busy: a try in the books, nobody disturbed', async () => {
  const number = '13800138065';
  const carrier = await town.unitPhone();
  carrier.onCall = (call) => call.reject(486);
  const id = await reportedDone(number);
  expect(await recorded(id)).toMatchObject({ how: 'notReached' });
  expect((await readTicket(id)).timeline.at(-1)).toMatchObject({
    type: 'visitAttempt',
    reason: '自动回访：占线',
  });
});

test('an urgent ticket: whom its unit has on call hears number and kind and confirms by a key; no sign-for', async () => {
  const number = '13800138068';
  const operator = await signedIn('operator');
  const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  await operator.post('/v1/duty-lists', { code: 'water', name: '自来水公司值班', unitCode: 'water' });
  const shift = { from: at(-1), to: at(8), ladder: [{ name: '张值班', number }] };
  await operator.post('/v1/duty-lists/water/shifts', shift);
  const his = await citizen('1');
  const { id } = await town.lead.post<{ id: string }>('/v1/tickets', {
    ...{ type: 'HELP', categoryCode: 'uncategorised', content: '化工厂附近水管爆裂', urgency: 'urgent' },
    ...{ unitCode: 'water', citizenName: '张三丰', citizenNumber: '13800138069' },
  });
  await picksUp(his, number);
  await hears(his, ['urgent-hello', ''], ['urgent-confirm', '1'], ['urgent-thanks', '']);
  expect((await his.ended).code).toBe(0);
  const ticket = await until('the key on the time line', 20_000, async () => {
    const read = await readTicket(id);
    return read.timeline.at(-1)?.type === 'urgentCalled' ? read : null;
  });
  expect(ticket.timeline.at(-1)).toMatchObject({ reason: '急件电话通知：张值班，已按1确认收到' });
  expect(ticket.state).toBe('dispatched');
}, 60_000);
