import { randomUUID } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { alarmBooks } from '../../../src/adapters/pg/alarms.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
let me: Person;
let colleague: Person;
let lead: Person;
let clock: number | null = null;
beforeAll(async () => {
  counter = await openCounter({ now: () => clock ?? Date.now() });
  ({ agent: me, lead } = counter.people);
  colleague = await counter.person(['agent']);
  await mkdir(join(counter.recordingsDir, '2026/11/23'), { recursive: true });
});
beforeEach(() => {
  clock = null;
});
afterAll(() => counter.close());

const SOUND = Buffer.from(Array.from({ length: 1000 }, (_, n) => n % 256));

/** A call of mine whose recording was sealed into this file. */
async function recorded(file = `2026/11/23/${randomUUID()}.wav`): Promise<string> {
  const callId = await counter.call(me.id, { recording: '2026/11/23/x.raw' });
  await counter.db.query(
    `update recordings set state = 'stored', file = $2, source = null, sha256 = $3, duration_ms = 5000, channels = 2,
       bytes = 1000, heard_ms = '{1000,2000}' where call_id = $1`,
    [callId, file, Buffer.alloc(32, 0xab)],
  );
  return callId;
}
async function sounding(): Promise<string> {
  const name = `2026/11/23/${randomUUID()}.wav`;
  await writeFile(join(counter.recordingsDir, name), SOUND);
  return recorded(name);
}
const listens = (callId: string, segment = 'main') => `/v1/calls/${callId}/recordings/${segment}/listens`;
const listen = (who: Person, callId: string, headers: Record<string, string> = {}) =>
  counter.ask(who, 'POST', listens(callId), { purpose: ' 质检 ' }, headers);
const play = (who: Person, url: string, headers: Record<string, string> = {}) =>
  counter.app.inject({ url, headers: { authorization: `Bearer ${who.token}`, ...headers } });

test('who may hear a call says what for, and plays it whole and in parts: one line of the trail', async () => {
  const callId = await sounding();
  const { status, body } = await listen(me, callId);
  expect(status).toBe(201);
  expect(body).toMatchObject({ url: `/v1/listens/${body.id}/sound` });

  const whole = await play(me, body.url);
  expect(whole.statusCode).toBe(200);
  expect(whole.headers).toMatchObject({
    'content-type': expect.stringMatching(/^audio\/(x-)?wav$|^audio\/vnd\.wave$/),
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'content-disposition': `inline; filename="${callId}.wav"`,
  });
  expect(whole.rawPayload.equals(SOUND)).toBe(true);
  const part = await play(me, body.url, { range: 'bytes=100-199' });
  expect(part.statusCode).toBe(206);
  expect(part.headers['content-range']).toBe('bytes 100-199/1000');
  expect(part.rawPayload.equals(SOUND.subarray(100, 200))).toBe(true);
  const beyond = await play(me, body.url, { range: 'bytes=5000-' });
  expect({ status: beyond.statusCode, code: beyond.json().code }).toEqual({
    status: 416,
    code: 'request.rangeInvalid',
  });

  expect(await counter.services.audit.ofSubject('call', callId)).toMatchObject([
    { id: body.id, accountId: me.id, action: 'call.recordingPlayed', reason: '质检', address: '127.0.0.1' },
  ]);
});

test('without a purpose nothing is heard', async () => {
  const callId = await sounding();
  for (const purpose of ['', ' ', '   ', undefined, 'x'.repeat(201)]) {
    expect((await counter.ask(lead, 'POST', listens(callId), { purpose })).status).toBe(400);
  }
  expect(await counter.services.audit.ofSubject('call', callId)).toEqual([]);
});

test('a call is heard by its own agent, a lead, a supervisor; never by a colleague or a unit', async () => {
  const callId = await sounding();
  const { people } = counter;
  for (const who of [me, lead, people.supervisor]) expect((await listen(who, callId)).status).toBe(201);
  for (const who of [colleague, people.unit, people.operator, people.admin, people.returnVisitor]) {
    expect((await listen(who, callId)).status).toBe(403);
    expect((await counter.ask(who, 'GET', `/v1/calls/${callId}/recordings`)).status).toBe(403);
  }
});

test('a listening is its owner’s, and ends', async () => {
  const callId = await sounding();
  const { body } = await listen(lead, callId);
  expect((await play(me, body.url)).json()).toMatchObject({ code: 'listen.unknown' });
  expect((await play(counter.people.unit, body.url)).statusCode).toBe(403);
  expect((await play(lead, `/v1/listens/${randomUUID()}/sound`)).statusCode).toBe(404);
  clock = Date.parse(body.until) + 1;
  await counter.db.query(`update sessions set expires_at = to_timestamp($1 / 1000.0)`, [clock + 60_000]);
  expect((await play(lead, body.url)).json()).toMatchObject({ status: 410, code: 'listen.over' });
});

test('the same request sent twice is one listening', async () => {
  const callId = await sounding();
  const headers = { 'idempotency-key': randomUUID() };
  const [first, again] = [await listen(lead, callId, headers), await listen(lead, callId, headers)];
  expect(again.body.id).toBe(first.body.id);
  expect(await counter.services.audit.ofSubject('call', callId)).toHaveLength(1);
});

test('what cannot be heard says why: no such segment, not stored yet, failed, not recorded', async () => {
  const callId = await counter.call(me.id, { recording: '2026/11/23/y.raw' });
  expect((await listen(me, callId)).body).toMatchObject({ status: 409, code: 'recording.notStored' });
  expect((await counter.ask(me, 'POST', listens(callId, 'k1'), { purpose: '质检' })).body).toMatchObject({
    code: 'recording.none',
  });
  const failed = await counter.call(me.id);
  expect((await listen(me, failed)).body).toMatchObject({
    status: 404,
    code: 'recording.failed',
    data: { fault: 'notStarted' },
  });
});

test.each([
  ['a file that is gone', '2026/11/23/gone.wav'],
  ['a way out of the folder', '../../../../etc/passwd'],
  ['a way out that looks like a recording', '../outside.wav'],
  ['an absolute path', '/etc/passwd'],
  ['a link to the outside', '2026/11/23/link.wav'],
  ['a folder', '2026/11'],
  ['no sound at all', '2026/11/23/notes.txt'],
])('a recording that is %s is not there', async (_case, file) => {
  await writeFile(join(counter.recordingsDir, '..', 'outside.wav'), 'secret');
  await writeFile(join(counter.recordingsDir, '2026/11/23/notes.txt'), 'secret');
  await symlink('/etc/passwd', join(counter.recordingsDir, '2026/11/23/link.wav')).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
  const { body } = await listen(lead, await recorded(file));
  expect((await play(lead, body.url)).json()).toMatchObject({ status: 404, code: 'recording.none' });
});

test('a call’s recordings stand on one time line with whoever took part; the path of a file stays inside', async () => {
  const callId = await sounding();
  const { status, body, raw } = await counter.ask(me, 'GET', `/v1/calls/${callId}/recordings`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    callId,
    segments: [
      {
        segment: 'main',
        kind: 'conversation',
        state: 'stored',
        startsAtMs: 0,
        channels: 2,
        heardMs: [1000, 2000],
        sha256: 'ab'.repeat(32),
        gaps: [],
      },
    ],
    participants: [
      { who: 'citizen', side: 'citizen', fromMs: 0 },
      { who: 'agent', side: 'staff', agentId: me.id },
    ],
  });
  expect(raw).not.toContain('2026/11/23');
});

test('recordings are listed by state and counted by day, for who answers for them', async () => {
  const failed = await counter.call(me.id);
  const { body } = await counter.ask(lead, 'GET', '/v1/recordings?state=failed&limit=5');
  expect(body.recordings[0]).toMatchObject({
    callId: failed,
    state: 'failed',
    fault: 'notStarted',
    faultText: '交换机未能开始录音',
  });
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const counts = await counter.ask(lead, 'GET', `/v1/recordings/counts?day=${today}`);
  expect(counts.body.failed).toBeGreaterThan(0);
  expect(Object.keys(counts.body).sort()).toEqual(['failed', 'notRequested', 'partial', 'started', 'stored']);
  expect((await counter.ask(me, 'GET', '/v1/recordings')).status).toBe(403);
});

test('a pause is asked of call control with its reason and its time; without a reason it is refused', async () => {
  const before = counter.control.asked.length;
  const url = '/v1/agents/me/recording';
  expect((await counter.ask(me, 'POST', `${url}/pause`, { reason: '银行卡号' })).status).toBe(200);
  expect((await counter.ask(me, 'POST', `${url}/pause`, { reason: '密码', seconds: 20 })).status).toBe(200);
  expect((await counter.ask(me, 'POST', `${url}/resume`)).status).toBe(200);
  expect(counter.control.asked.slice(before)).toEqual([
    { kind: 'pauseRecording', agentId: me.id, reason: '银行卡号', forMs: 60_000 },
    { kind: 'pauseRecording', agentId: me.id, reason: '密码', forMs: 20_000 },
    { kind: 'resumeRecording', agentId: me.id },
  ]);
  for (const body of [{}, { reason: '' }, { reason: '密码', seconds: 1 }, { reason: '密码', seconds: 900 }]) {
    expect((await counter.ask(me, 'POST', `${url}/pause`, body)).status).toBe(400);
  }
});

test('an alarm is open once, counts, is taken off with a reason, and comes again', async () => {
  const books = alarmBooks(counter.db);
  const raise = (atMs: number) =>
    books.raise({
      id: randomUUID(),
      key: 'recording.diskLow',
      kind: 'recording.diskLow',
      detail: '快满了',
      detailEn: 'Nearly full',
      subject: '',
      atMs,
    });
  expect(await raise(1_000)).toBe('raised');
  expect(await raise(2_000)).toBe('again');
  const open = async () => (await counter.ask(lead, 'GET', '/v1/alarms?open=true')).body.alarms;
  const [alarm] = await open();
  expect(alarm).toMatchObject({
    ...{ kind: 'recording.diskLow', times: 2, closedAt: null },
    ...{ detail: '快满了', detailEn: 'Nearly full' },
  });
  // Of an earlier release, told in one text.
  await counter.db.query('update alarms set detail_en = null');
  expect(await open()).toMatchObject([{ detail: '快满了', detailEn: '快满了' }]);
  const url = `/v1/alarms/${alarm.id}/close`;
  expect((await counter.ask(lead, 'POST', url, { reason: ' ' })).status).toBe(400);
  const closed = await counter.ask(lead, 'POST', url, { reason: '磁盘已扩容' });
  expect(closed.body.alarm).toMatchObject({
    ...{ closingReason: '磁盘已扩容', closingReasonEn: '磁盘已扩容', closedBy: '王小明' },
  });
  expect((await counter.ask(lead, 'POST', url, { reason: '磁盘已扩容' })).body).toMatchObject({
    status: 404,
    code: 'alarm.unknown',
  });
  expect(await open()).toEqual([]);
  expect(await raise(3_000)).toBe('raised');
  const end = { reason: '已恢复', reasonEn: 'It is over' };
  expect(await books.settle('recording.diskLow', 4_000, end)).toBe(true);
  expect(await books.settle('recording.diskLow', 4_000, end)).toBe(false);
  const ended = (await counter.ask(lead, 'GET', '/v1/alarms')).body.alarms;
  expect(ended).toContainEqual(
    expect.objectContaining({ closedBy: null, closingReason: '已恢复', closingReasonEn: 'It is over' }),
  );
  expect((await counter.ask(me, 'GET', '/v1/alarms')).status).toBe(403);
});
