import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configurationBooks } from '../../../src/adapters/pg/configuration.ts';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import { expireDueAnnouncements } from '../../../src/app/announcements/close-announcement.ts';
import { tellSubscribers } from '../../../src/app/announcements/tell-subscribers.ts';
import type { CallFact } from '../../../src/app/ports/facts.ts';
import type { PromptShelves } from '../../../src/app/ports/prompts.ts';
import { keepWords } from '../../../src/app/prompts/keep-words.ts';
import type { Words } from '../../../src/domain/ivr/words-spoken.ts';
import { type Answer, type Counter, openCounter, type Person } from './counter.ts';

// Announcements of incidents over HTTP and in PostgreSQL: who starts and ends one, who is on its list, what is counted.

const HOUR = 3_600_000;
let now = Date.now();
/** The voice, which can be broken, and what lies on its shelf. */
const said = new Set<Words>();
let broken = false;
const voice: Pick<PromptShelves, 'prepare' | 'byHand' | 'clear'> = {
  prepare: async (words) => {
    if (broken) return words.map((one) => ({ words: one, reason: 'no espeak-ng' }));
    for (const one of words) said.add(one);
    return [];
  },
  byHand: async () => new Map(),
  clear: async () => undefined,
};
let counter: Counter;
let operator: Person;
beforeAll(async () => {
  counter = await openCounter({ now: () => now, voice });
  operator = counter.people.operator;
  // The clock is put forward by days here: nobody has to sign in again.
  await counter.db.query(`update sessions set expires_at = expires_at + interval '1 year'`);
});
afterAll(() => counter.close());

const REASON = '供水公司来电告知';
const until = (hours: number): string => new Date(now + hours * HOUR).toISOString();
const BODY = { title: '余荡村停水', text: '余荡村今晚停水。', reason: REASON };
const post = (path: string, body: object, who = operator, headers = {}): Promise<Answer> =>
  counter.ask(who, 'POST', `/v1/announcements${path}`, body, headers);
const read = async (id: string) => (await counter.ask(operator, 'GET', `/v1/announcements/${id}`)).body;
async function started(more: object = {}): Promise<string> {
  const { status, body } = await post('', { ...BODY, until: until(4), ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.announcement.id;
}
const onAir = async (): Promise<readonly string[]> =>
  ((await configurationBooks(counter.db).load()).configuration.announcements ?? []).map(({ id }) => id);

/** A call as call control tells of it: what it heard of the announcement, and whether it pressed the key. */
async function call(callerNumber: string, told: readonly CallFact[]): Promise<void> {
  const writer = factWriter(counter.db, ({ reason }) => expect.fail(reason));
  const callId = randomUUID();
  const facts: CallFact[] = [
    {
      type: 'callArrived',
      trunk: 'carrier',
      dialled: '12345',
      callerNumber,
      headers: {},
      recording: '',
    },
    ...told,
  ];
  await writer.writeFacts(
    facts.map((fact, at) => ({ id: randomUUID(), atMs: now + at, callId, seq: at + 1, ...fact })),
  );
}
const played = (announcement: string, end = 'finished'): CallFact => ({
  type: 'noticePlayed',
  announcement,
  end,
});
const asked = (announcement: string): CallFact => ({ type: 'noticeSubscribed', announcement });
const messages = async (id: string): Promise<readonly { number: string; text: string }[]> =>
  (
    await counter.db.query<{ number: string; text: string }>(
      `select number, text from citizen_messages where subject_kind = 'incident' and subject_id = $1 order by number`,
      [id],
    )
  ).rows;

test('started in one request, heard with the next configuration, withdrawn with the one after', async () => {
  const before = (await configurationBooks(counter.db).load()).configuration.version;
  counter.control.asked.length = 0;
  const { status, body } = await post('', {
    ...BODY,
    until: until(4),
    lines: ['12369', '0513-12369'].slice(0, 1),
    area: { areaCodes: ['513'], prefixes: ['8411'], numbers: ['+8613800138000'] },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  const { id } = body.announcement;
  expect(body.announcement).toMatchObject({
    state: 'live',
    stateName: '播放中',
    offerKey: '1',
    spokenAt: new Date(now).toISOString(),
  });
  expect(body.announcement.area.numbers).toEqual(['138****8000']);
  // Most people call from mobiles: said, not refused.
  expect(body.findings.map(({ code }: { code: string }) => code)).toContain('announcement.mobilesLeftOut');
  const { configuration } = await configurationBooks(counter.db).load();
  expect(configuration.version).toBe(before + 1);
  expect(configuration.announcements).toContainEqual({
    id,
    title: '余荡村停水',
    text: BODY.text,
    lines: ['12369'],
    area: { areaCodes: ['0513'], prefixes: ['05138411'], numbers: ['13800138000'], unknownHear: false },
    fromMs: now,
    untilMs: now + 4 * HOUR,
    offerKey: '1',
  });
  expect(counter.control.asked).toEqual([{ kind: 'reloadConfiguration' }]);

  const withdrawn = await post(`/${id}/withdraw`, { reason: '误报，供水正常' });
  expect(withdrawn.body.announcement).toMatchObject({ state: 'withdrawn', waiting: 0 });
  expect(await onAir()).not.toContain(id);
  const { history } = await read(id);
  expect(history).toMatchObject([
    { move: 'start', from: null, to: 'live', reason: REASON, by: { id: operator.id } },
    { move: 'withdraw', from: 'live', to: 'withdrawn', reason: '误报，供水正常' },
  ]);
  expect((await post(`/${id}/close`, { reason: REASON })).body.code).toBe('announcement.moveImpossible');
});

test('the same key makes the same announcement', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const body = { ...BODY, until: until(1) };
  const [first, again] = [await post('', body, operator, key), await post('', body, operator, key)];
  expect(again.body.announcement.id).toBe(first.body.announcement.id);
});

test.each([
  ['a protected line', { lines: ['110'] }, 'announcement.faulty'],
  ['an unknown line alone', { lines: ['12300'] }, 'announcement.faulty'],
  ['nobody’s area', { area: { areaCodes: [] } }, 'announcement.faulty'],
  ['a broadcast', { text: '停水'.repeat(100) }, 'announcement.faulty'],
  ['an end that has passed', { until: new Date(0).toISOString() }, 'announcement.untilPast'],
  ['months', { until: new Date(Date.now() + 90 * 24 * HOUR).toISOString() }, 'announcement.untilTooFar'],
  ['no reason', { reason: ' ' }, 'announcement.reasonMissing'],
])('%s is refused, and nothing is heard', async (_what, more, code) => {
  const before = await onAir();
  const { status, body } = await post('', { ...BODY, until: until(4), ...more });
  expect([status, body.code]).toEqual([422, code]);
  expect(await onAir()).toEqual(before);
});

test('a draft is heard by nobody until it is started; a lead may, an agent may not', async () => {
  const { lead, agent } = counter.people;
  const made = await post('', { ...BODY, until: until(4), draft: true }, lead);
  const { id } = made.body.announcement;
  expect(made.body.announcement.state).toBe('draft');
  expect(await onAir()).not.toContain(id);
  expect((await post(`/${id}/start`, { reason: REASON }, agent)).status).toBe(403);
  const { reason: _, ...words } = BODY;
  const edited = await post(`/${id}/edit`, { ...words, text: '余荡村停电。', until: until(2) }, lead);
  expect(edited.body.announcement.text).toBe('余荡村停电。');
  expect((await post(`/${id}/start`, { reason: REASON }, lead)).body.announcement.state).toBe('live');
  expect(await onAir()).toContain(id);
  // What is heard is not changed under its hearers.
  const late = await post(`/${id}/edit`, { ...words, until: until(2) }, lead);
  expect(late.body.code).toBe('announcement.moveImpossible');
});

test('who pressed the key stands on the list once, and is told once when it is over; also who comes late', async () => {
  const id = await started();
  await call('13800138000', [played(id), asked(id)]);
  await call('+8613800138000', [played(id), asked(id)]);
  await call('051384110001', [played(id), asked(id)]);
  await call('anonymous', [played(id), asked(id)]);
  await call('13900139000', [played(id, 'hungUp')]);
  await call('13900139001', [played(id, 'failed')]);
  // An announcement that nobody knows holds up no other fact.
  await call('13900139002', [asked(randomUUID()), asked('no id')]);
  const { announcement, days } = await read(id);
  expect(announcement).toMatchObject({ subscribers: 2, waiting: 2 });
  expect(days).toMatchObject([{ heard: 5, subscribed: 4, hungUp: 1 }]);

  const closed = await post(`/${id}/close`, { reason: '供水已恢复', ending: '余荡村已恢复供水。' });
  expect(closed.body.announcement).toMatchObject({ state: 'closed', waiting: 0, byPhone: 1 });
  const once = [{ number: '13800138000', text: '余荡村已恢复供水。' }];
  expect(await messages(id)).toEqual(once);

  // Its call ended while the database was away: it learns of it all the same.
  await call('13700137000', [played(id), asked(id)]);
  const tell = tellSubscribers(counter.services);
  await Promise.all([counter.db.transact(tell), counter.db.transact(tell)]);
  await counter.db.transact(tell);
  expect(await messages(id)).toEqual([{ ...once[0], number: '13700137000' }, ...once]);

  const revealed = await post(`/${id}/reveal`, { reason: '逐个电话告知' });
  expect(revealed.body.numbers).toEqual(['051384110001']);
  expect(await counter.services.audit.ofSubject('announcement', id)).toMatchObject([
    { action: 'announcement.subscribersRevealed', reason: '逐个电话告知', accountId: operator.id },
  ]);
});

test('it expires by itself at its end, once, and who asked waits until somebody says that it is over', async () => {
  const id = await started({ until: until(1) });
  await call('13800138009', [played(id), asked(id)]);
  const expire = expireDueAnnouncements(counter.services);
  expect(await expire()).toBe(0);
  now += HOUR;
  await Promise.all([expire(), expire()]);
  expect(await onAir()).not.toContain(id);
  const { history } = await read(id);
  expect(history.map(({ move }: { move: string }) => move)).toEqual(['start', 'expire']);
  expect((await read(id)).announcement).toMatchObject({ state: 'expired', waiting: 1 });
  const again = await post(`/${id}/prolong`, { until: until(2), reason: '仍未恢复' });
  expect(again.body.announcement.state).toBe('live');
  await post(`/${id}/close`, { reason: '供水已恢复' });
  expect(await messages(id)).toEqual([
    { number: '13800138009', text: '您关注的“余荡村停水”已恢复正常。12345' },
  ]);
});

test('what is live is spoken before its first call; a failure is on record, keeps nobody waiting and is tried again', async () => {
  const spokenAt = new Date(now).toISOString();
  const spoken = await started({ offerKey: '1' });
  expect((await read(spoken)).announcement).toMatchObject({ spokenAt, spokenFailure: null });
  const names = [...said].map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([`announcement-${spoken}`, `announcement-${spoken}-offer`]));

  broken = true;
  const id = await started();
  expect((await read(id)).announcement).toMatchObject({ state: 'live', spokenFailure: expect.any(String) });
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const keep = keepWords({ ...counter.services, shelves: voice, log });
  await keep();
  expect((await read(id)).announcement).toMatchObject({ spokenFailure: 'no espeak-ng; no espeak-ng' });
  expect(await keep()).toBe('unchanged');
  now += 61_000;
  broken = false;
  expect(await keep()).toBe('kept');
  const { announcement } = await read(id);
  expect(announcement).toMatchObject({ spokenFailure: null, spokenAt: new Date(now).toISOString() });
});

test('its history is only ever added to', async () => {
  await started();
  await expect(counter.db.query('delete from announcement_events')).rejects.toThrow(/append-only/);
  await expect(counter.db.query(`update announcement_events set reason = ''`)).rejects.toThrow(/append-only/);
});
