import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { recordingVault } from '../../../src/adapters/audio/recording-vault.ts';
import { alarmBooks } from '../../../src/adapters/pg/alarms.ts';
import { openDatabase, type PgDatabase } from '../../../src/adapters/pg/database.ts';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import { recordingBooks } from '../../../src/adapters/pg/recordings.ts';
import type { CallFact, Fact } from '../../../src/app/ports/facts.ts';
import type { RecordingVault } from '../../../src/app/ports/recordings.ts';
import { finaliseRecordings } from '../../../src/app/recordings/finalise-recordings.ts';
import { settleAlarms } from '../../../src/app/recordings/settle-alarms.ts';
import { watchRoom } from '../../../src/app/recordings/watch-room.ts';
import { freshDatabase } from '../../support/services.ts';

// Segments from facts, and the worker that looks at their files: over the real database and the real disk.

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: PgDatabase;
let folder: string;
let now: number;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDatabase(database.url, { onError: (error) => expect.fail(error.message) });
  await db.query(`insert into municipality (name, area_code, time_zone, main_number, general_queue)
    values ('如东县', '0513', 'Asia/Shanghai', '12345', 'general')`);
});
beforeEach(async () => {
  await db.query('truncate recordings, recording_listens, alarms, calls, call_legs, call_facts cascade');
  folder = await mkdtemp(join(tmpdir(), 'yht-recordings-'));
  now = Date.UTC(2026, 10, 25, 2, 0, 0);
  return () => rm(folder, { recursive: true });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined };
const errors: unknown[] = [];
const books = () => recordingBooks(db);
const alarms = () => alarmBooks(db);
const worker = (vault: RecordingVault = recordingVault(folder)) =>
  finaliseRecordings({
    recordings: books(),
    vault,
    alarms: alarms(),
    log: { ...quiet, error: (fields: object) => errors.push(fields) },
    now: () => now,
    newId: randomUUID,
  });

type Told = readonly [afterMs: number, fact: CallFact];
const arrived = (recording: string, more: object = {}): CallFact => ({
  type: 'callArrived',
  trunk: 'carrier',
  dialled: '12345',
  callerNumber: '13900000001',
  headers: {},
  recording,
  ...more,
});
const ENDED: CallFact = { type: 'callEnded', releasedBy: 'caller', result: 'answeredByAgent', detail: '' };

async function tell(callId: string, told: readonly Told[], firstSeq = 1): Promise<void> {
  const facts = told.map(
    ([afterMs, fact], at): Fact => ({
      id: randomUUID(),
      atMs: now + afterMs,
      callId,
      seq: firstSeq + at,
      ...fact,
    }),
  );
  await factWriter(db, ({ reason }) => expect.fail(reason)).writeFacts(facts);
}

const nameOf = (callId: string): string => `2026/11/25/${callId}.raw`;
/** A call of ten seconds with a talk, and its file of as many seconds, last written to at `atMs`. */
async function call(seconds: number | null, extra: readonly Told[] = []): Promise<string> {
  const callId = randomUUID();
  await tell(callId, [
    [0, arrived(nameOf(callId))],
    [100, { type: 'callAnswered' }],
    [2_000, { type: 'talkStarted', leg: `${callId}.a1`, agentId: null }],
    ...extra,
    [10_000, ENDED],
  ]);
  if (seconds !== null) await write(nameOf(callId), Buffer.alloc(seconds * 32_000, 1), now + 10_000);
  return callId;
}
async function write(name: string, bytes: Buffer, atMs: number): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  await utimes(path, new Date(atMs), new Date(atMs));
}
const seen = async (callId: string) => (await books().ofCall(callId))[0];
const files = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map(({ name }) => name)
    .sort();

test('a call that was recorded whole is stored: hash, length, both sides, and the raw file is gone', async () => {
  const callId = await call(10);
  expect(await seen(callId)).toMatchObject({ state: 'started', kind: 'conversation', sha256: null });
  now += 11_000;
  expect(await worker()()).toBe(0);
  now += 3_000;
  expect(await worker()()).toBe(1);
  expect(await seen(callId)).toMatchObject({
    segment: 'main',
    state: 'stored',
    fault: null,
    channels: 2,
    durationMs: 10_000,
    heardMs: [10_000, 10_000],
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    gaps: [],
    file: `2026/11/25/${callId}.wav`,
  });
  expect(await files()).toEqual([`${callId}.wav`]);
  expect(await alarms().list(true, 10)).toEqual([]);
  now += 3_600_000;
  expect(await worker()()).toBe(0);
});

test('a shorter file is partial and raises one alarm, however many calls it concerns', async () => {
  const calls = [await call(4), await call(5)];
  now += 20_000;
  await worker()();
  for (const callId of calls) expect(await seen(callId)).toMatchObject({ state: 'partial', fault: 'short' });
  expect((await seen(calls[0] ?? ''))?.gaps).toEqual([{ fromMs: 4_000, toMs: 10_000, why: 'missing' }]);
  expect(await alarms().list(true, 10)).toMatchObject([
    { kind: 'recording.partial', times: 2, detail: expect.stringMatching(/^录音比通话短/) },
  ]);
  expect((await alarms().list(true, 10))[0]).toMatchObject({
    detailEn: 'The recording is shorter than the call',
    key: expect.stringMatching(/^recording\.partial: 录音比通话短.* the recording is shorter than the call$/),
  });
});

test('a call without a file fails while it still goes on, with an alarm; the file that turns up is sealed', async () => {
  const callId = randomUUID();
  await tell(callId, [[0, arrived(nameOf(callId))]]);
  now += 16_000;
  await worker()();
  expect(await seen(callId)).toMatchObject({ state: 'failed', fault: 'fileMissing' });
  expect(await alarms().list(true, 10)).toMatchObject([
    { kind: 'recording.failed', subject: callId, times: 1 },
  ]);
  // The folder is back, with what was written meanwhile.
  now -= 16_000;
  await tell(callId, [[10_000, ENDED]], 2);
  await write(nameOf(callId), Buffer.alloc(320_000, 1), now + 10_000);
  now += 16_000 + 61_000;
  await worker()();
  expect(await seen(callId)).toMatchObject({ state: 'stored', fault: null });
});

test('what stays away is looked for a day long, and then no more', async () => {
  const callId = await call(null);
  for (let look = 0; look < 8; look += 1) {
    now += 25 * 3_600_000;
    await worker()();
  }
  expect(await seen(callId)).toMatchObject({ state: 'failed', fault: 'fileMissing' });
  const { rows } = await db.query<{ source: string | null }>('select source from recordings');
  expect(rows).toEqual([{ source: null }]);
  expect(await alarms().list(true, 10)).toMatchObject([{ times: 1 }]);
});

test.each([
  ['the folder was missing', { recordingFault: 'folderMissing' }, 'folderMissing'],
  ['the disk was full', { recordingFault: 'diskFull' }, 'diskFull'],
  ['nobody says why', {}, 'notStarted'],
])('a call that was answered without being recorded has failed: %s', async (_why, more, fault) => {
  const callId = randomUUID();
  await tell(callId, [
    [0, arrived('', more)],
    [100, { type: 'callAnswered' }],
    [5_000, ENDED],
  ]);
  expect(await seen(callId)).toMatchObject({ state: 'failed', fault });
});

test('who was turned away was not to be recorded', async () => {
  const callId = randomUUID();
  await tell(callId, [
    [0, arrived('')],
    [10, { type: 'callEnded', releasedBy: 'system', result: 'refused', detail: 'full' }],
  ]);
  expect(await seen(callId)).toMatchObject({ state: 'notRequested', fault: null });
});

test('facts in any order and twice give the same; what was sealed is not undone', async () => {
  const callId = await call(10);
  now += 20_000;
  await worker()();
  const stored = await seen(callId);
  now -= 20_000;
  await tell(callId, [[10_000, ENDED]], 20);
  expect(await seen(callId)).toEqual(stored);
});

test('a call that goes on is only looked at; one whose file stands still is told', async () => {
  const callId = randomUUID();
  await tell(callId, [[0, arrived(nameOf(callId))]]);
  await write(nameOf(callId), Buffer.alloc(32_000), now + 40_000);
  now += 41_000;
  await worker()();
  expect(await alarms().list(true, 10)).toEqual([]);
  now += 31_000;
  await worker()();
  expect(await seen(callId)).toMatchObject({ state: 'started' });
  expect(await alarms().list(true, 10)).toMatchObject([{ kind: 'recording.stalled', subject: callId }]);
});

test('a pause that the switch did not confirm is wiped, one that it confirmed is left as it is', async () => {
  const pause = (by: string): CallFact => ({
    type: 'recordingPaused',
    by,
    reason: '密码',
    untilMs: now + 60_000,
  });
  const over: CallFact = { type: 'recordingResumed', how: 'asked' };
  const wiped = await call(10, [
    [4_000, pause('agent1')],
    [6_000, over],
  ]);
  const left = await call(10, [
    [4_000, pause('agent1')],
    [4_010, { type: 'recordingSilenced' }],
    [6_000, over],
  ]);
  now += 20_000;
  await worker()();
  const gap = { fromMs: 4_000, toMs: 6_000, why: 'paused', by: 'agent1', reason: '密码' };
  // From three to seven seconds, a second to spare on both sides.
  expect(await seen(wiped)).toMatchObject({ state: 'stored', gaps: [gap], heardMs: [6_000, 6_000] });
  expect(await seen(left)).toMatchObject({ state: 'stored', gaps: [gap], heardMs: [10_000, 10_000] });
});

test('staff among themselves are a segment of their own, kept beside the conversation', async () => {
  const recording = (callId: string) => `messages/${callId}.k1.wav`;
  const callId = randomUUID();
  await tell(callId, [
    [0, arrived(nameOf(callId))],
    [4_000, { type: 'segmentBegan', segment: 'k1', recording: recording(callId) }],
    [6_000, { type: 'segmentEnded', segment: 'k1' }],
    [10_000, ENDED],
  ]);
  await write(nameOf(callId), Buffer.alloc(320_000, 1), now + 10_000);
  const wav = Buffer.alloc(44 + 32_000, 1);
  wav.write('RIFF', 0);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8_000, 24);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  await write(recording(callId), wav, now + 6_000);
  now += 20_000;
  await worker()();
  expect(await books().ofCall(callId)).toMatchObject([
    { segment: 'main', state: 'stored', channels: 2 },
    { segment: 'k1', kind: 'internal', state: 'stored', channels: 1, durationMs: 2_000 },
  ]);
  expect(await files()).toEqual([`${callId}.k1.wav`, `${callId}.wav`]);
});

const placed: CallFact = {
  type: 'callPlaced',
  purpose: 'ticket',
  callbackId: null,
  ticketId: null,
  missedCallId: null,
  trunk: 'carrier',
  callerId: '12345',
  callerNumber: '13900000001',
  line: '12345',
  agentId: randomUUID(),
  configurationVersion: 1,
};
/** A call out that rings for four seconds; `recording`: what the switch says when the citizen answers. */
async function callOut(recording: object | null, answered = true): Promise<string> {
  const callId = randomUUID();
  const there: readonly Told[] = [
    [4_000, { type: 'legAnswered', leg: `${callId}.t1` }],
    [4_000, { type: 'talkStarted', leg: `${callId}.a1`, agentId: null }],
    ...(recording === null
      ? []
      : [[4_010, { type: 'recordingBegan', recording: nameOf(callId), ...recording }] as const]),
  ];
  await tell(callId, [[0, placed], ...(answered ? there : []), [10_000, ENDED]]);
  return callId;
}

test('a call out is recorded from the citizen’s answer, and is in the books like any other', async () => {
  const callId = await callOut({});
  await write(nameOf(callId), Buffer.alloc(6 * 32_000, 1), now + 10_000);
  expect(await seen(callId)).toMatchObject({ state: 'started', kind: 'conversation' });
  now += 14_000;
  await worker()();
  expect(await seen(callId)).toMatchObject({
    state: 'stored',
    fault: null,
    channels: 2,
    durationMs: 6_000,
    beganAt: new Date(now - 14_000 + 4_010).toISOString(),
  });
});

test.each([
  ['the disk has no room', { recording: '', recordingFault: 'diskFull' }, 'diskFull'],
  ['the switch says no', { recording: '', recordingFault: 'notStarted' }, 'notStarted'],
  ['nobody says anything of it', null, 'notStarted'],
])('a call out that is not recorded because %s has failed, with the reason', async (_why, told, fault) => {
  const callId = await callOut(told);
  expect(await seen(callId)).toMatchObject({ state: 'failed', fault });
});

test('a call out that nobody answered was not to be recorded', async () => {
  const callId = await callOut(null, false);
  expect(await seen(callId)).toMatchObject({ state: 'notRequested', fault: 'notAnswered' });
});

test('a citizen who hangs up in the moment in which he answers was not to be recorded, and raises no alarm', async () => {
  const callId = randomUUID();
  const leg = `${callId}.a1`;
  await tell(callId, [
    [0, placed],
    [4_000, { type: 'legAnswered', leg: `${callId}.t1` }],
    [4_000, { type: 'talkStarted', leg, agentId: null }],
    [4_030, ENDED],
  ]);
  expect(await seen(callId)).toMatchObject({ state: 'notRequested', fault: 'endedAtOnce' });
  await worker()();
  expect(await alarms().list(true, 50)).toEqual([]);
});

test('the word of the switch that comes late, even after the end, is believed', async () => {
  const callId = randomUUID();
  const answered: CallFact = { type: 'legAnswered', leg: `${callId}.t1` };
  await tell(callId, [[0, placed]]);
  expect(await seen(callId)).toMatchObject({ state: 'notRequested', fault: null });
  await tell(callId, [[4_000, answered]], 2);
  expect(await seen(callId)).toMatchObject({ state: 'notRequested', fault: null });
  await tell(callId, [[10_000, ENDED]], 4);
  expect(await seen(callId)).toMatchObject({ state: 'failed', fault: 'notStarted' });
  await tell(callId, [[4_010, { type: 'recordingBegan', recording: nameOf(callId) }]], 3);
  expect(await seen(callId)).toMatchObject({ state: 'started', fault: null });
  await write(nameOf(callId), Buffer.alloc(6 * 32_000, 1), now + 10_000);
  now += 14_000;
  await worker()();
  expect(await seen(callId)).toMatchObject({ state: 'stored', durationMs: 6_000 });
});

test('a segment that the switch did not begin has failed; a file that is there all the same is kept', async () => {
  const callId = randomUUID();
  const name = `messages/${callId}.i1.wav`;
  await tell(callId, [
    [0, arrived(nameOf(callId))],
    [4_000, { type: 'segmentBegan', segment: 'i1', recording: name, legs: [] }],
    [4_100, { type: 'segmentEnded', segment: 'i1', fault: 'notStarted' }],
  ]);
  const segment = async () => (await books().ofCall(callId)).find((one) => one.segment === 'i1');
  expect(await segment()).toMatchObject({ state: 'failed', fault: 'notStarted', kind: 'internal' });
  now += 20_000;
  await worker()();
  expect(await segment()).toMatchObject({ state: 'failed' });
});

const settle = () =>
  settleAlarms({
    recordings: books(),
    alarms: alarms(),
    log: { ...quiet, error: () => undefined },
    now: () => now,
  })();
const open = async () => (await alarms().list(true, 50)).map(({ kind, times }) => `${kind} ${times}`);

test('what never began raises an alarm by itself, once a call; it goes when calls are recorded again, a while later', async () => {
  await callOut({ recording: '', recordingFault: 'notStarted' });
  await callOut(null);
  await worker()();
  await worker()();
  expect(await open()).toEqual(['recording.failed 2']);
  const good = async (): Promise<void> => {
    await call(10);
    now += 14_000;
    await worker()();
    await settle();
  };
  await good();
  expect(await open()).toEqual(['recording.failed 2']);
  now += 600_000;
  await good();
  expect(await open()).toEqual([]);
  expect((await alarms().list(false, 1))[0]).toMatchObject({
    closingReason: '后续通话已正常录音，未录音的通话见录音列表',
    closingReasonEn: 'Later calls are recorded; those without stay in the list of recordings',
  });
});

test('an alarm for a file that was missing goes when it has turned up, and not before', async () => {
  const [found, lost] = [await call(null), await call(null)];
  now += 40_000;
  await worker()();
  expect(await open()).toEqual(['recording.failed 2']);
  await write(nameOf(found), Buffer.alloc(320_000, 1), now);
  now += 120_000;
  await worker()();
  await settle();
  expect(await open()).toEqual(['recording.failed 2']);
  await write(nameOf(lost), Buffer.alloc(320_000, 1), now);
  now += 600_000;
  await worker()();
  await settle();
  expect(await open()).toEqual([]);
});

test('an alarm for a part that is lost stays until somebody takes it off', async () => {
  await call(5);
  now += 14_000;
  await worker()();
  now += 3_600_000;
  await call(10);
  now += 14_000;
  await worker()();
  await settle();
  expect(await open()).toEqual(['recording.partial 1']);
});

test('a worker that dies between the alarm and its note tells it again: better twice than never', async () => {
  await callOut(null);
  const dying = finaliseRecordings({
    recordings: { ...books(), told: () => Promise.reject(new Error('killed')) },
    vault: recordingVault(folder),
    alarms: alarms(),
    log: { ...quiet, error: () => undefined },
    now: () => now,
    newId: randomUUID,
  });
  await expect(dying()).rejects.toThrow('killed');
  await worker()();
  await worker()();
  expect(await open()).toEqual(['recording.failed 2']);
});

test('several workers at once: each segment is sealed once', async () => {
  const calls = await Promise.all(Array.from({ length: 12 }, () => call(10)));
  now += 20_000;
  const done = await Promise.all([worker()(), worker()(), worker()()]);
  expect(done.reduce((sum, count) => sum + count, 0)).toBe(calls.length);
  for (const callId of calls) expect(await seen(callId)).toMatchObject({ state: 'stored' });
});

test('a worker that dies between sealing and the books, or before it cleared up, loses nothing', async () => {
  const callId = await call(10);
  now += 20_000;
  const real = recordingVault(folder);
  const dying: RecordingVault = {
    ...real,
    seal: async (source, target, blank) => {
      await real.seal(source, target, blank);
      throw new Error('killed');
    },
  };
  await worker(dying)();
  expect(await seen(callId)).toMatchObject({ state: 'started' });
  now += 31_000;
  await worker({ ...real, discard: () => Promise.reject(new Error('killed')) })();
  expect(await seen(callId)).toMatchObject({ state: 'stored' });
  expect(await files()).toEqual([`${callId}.raw`, `${callId}.wav`]);
  now += 31_000;
  await worker()();
  expect(await files()).toEqual([`${callId}.wav`]);
  expect(await seen(callId)).toMatchObject({ state: 'stored', durationMs: 10_000 });
});

test('a full disk while sealing: an alarm, the file waits as it is, and is sealed when there is room', async () => {
  const callId = await call(10);
  now += 20_000;
  await symlink('/dev/full', join(folder, `2026/11/25/${callId}.wav.${process.pid}.new`));
  await worker()();
  expect(await seen(callId)).toMatchObject({ state: 'started' });
  expect(await alarms().list(true, 10)).toMatchObject([{ kind: 'recording.diskFull' }]);
  now += 31_000;
  await worker()();
  expect(await seen(callId)).toMatchObject({ state: 'stored' });
});

test('the room on the disk: an alarm while it fills, no recording when it is full, and all is well again', async () => {
  const GB = 1024 ** 3;
  let freeBytes = 100 * GB;
  let there = true;
  const marks: boolean[] = [];
  const watch = watchRoom({
    vault: {
      ...recordingVault(folder),
      room: () => Promise.resolve(there ? { freeBytes, totalBytes: 200 * GB } : null),
      setFull: (full) => {
        marks.push(full);
        return Promise.resolve();
      },
    },
    alarms: alarms(),
    log: { ...quiet, error: () => undefined },
    now: () => now,
    newId: randomUUID,
  });
  const open = async () => (await alarms().list(true, 10)).map(({ kind }) => kind).sort();
  await watch();
  expect(await open()).toEqual([]);
  freeBytes = 3 * GB;
  await watch();
  expect(await open()).toEqual(['recording.diskLow']);
  freeBytes = 0.3 * GB;
  await watch();
  expect(await open()).toEqual(['recording.diskFull', 'recording.diskLow']);
  // Just above the bound it stays: not to and fro.
  freeBytes = 0.55 * GB;
  await watch();
  expect(marks).toEqual([false, false, true, true]);
  freeBytes = 100 * GB;
  await watch();
  expect(await open()).toEqual([]);
  expect(marks.at(-1)).toBe(false);
  there = false;
  await watch();
  expect(await open()).toEqual(['recording.folderMissing']);
});

test('what is wanting is listed, and counted by day', async () => {
  const [whole, short] = [await call(10), await call(3)];
  now += 20_000;
  await worker()();
  const { recordings, next } = await books().list({ state: 'partial' }, { limit: 10 });
  expect(recordings.map(({ callId }) => callId)).toEqual([short]);
  expect(next).toBeNull();
  const first = await books().list({ day: '2026-11-25' }, { limit: 1 });
  const rest = await books().list({ day: '2026-11-25' }, { limit: 1, after: first.next ?? '' });
  expect([...first.recordings, ...rest.recordings].map(({ callId }) => callId).sort()).toEqual(
    [whole, short].sort(),
  );
  expect(await books().count('2026-11-25')).toEqual({
    notRequested: 0,
    started: 0,
    failed: 0,
    partial: 1,
    stored: 1,
  });
});
