import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { alawHeader } from '../../../src/adapters/audio/alaw-file.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

// A piece of a recording for a unit: asked for with a purpose, cut and approved by another, heard for a time, on record.

const SECONDS = 20;
/** Each fifth of a second has a byte of its own. */
const byteAt = (ms: number): number => 1 + Math.floor(ms / 200);

let counter: Counter;
let unit: Person;
let lead: Person;
let clock: number | null = null;
beforeAll(async () => {
  counter = await openCounter({ now: () => clock ?? Date.now() });
  ({ unit, lead } = counter.people);
  await mkdir(join(counter.recordingsDir, '2026/11/23'), { recursive: true });
});
beforeEach(() => {
  clock = null;
});
afterAll(() => counter.close());

const PAUSED = { fromMs: 6_000, toMs: 7_000, why: 'paused', by: 'agent1', reason: '银行卡号' };

/** A ticket of the unit water, by a call whose recording was sealed; sensitive data in its seventh second. */
async function ticket(more: object = {}, state = 'stored'): Promise<{ id: string; callId: string }> {
  const { agent } = counter.people;
  const callId = await counter.call(agent.id, { recording: '2026/11/23/x.raw' });
  const file = `2026/11/23/${randomUUID()}.wav`;
  const frames = SECONDS * 8_000;
  const sound = Buffer.alloc(2 * frames);
  for (let frame = 0; frame < frames; frame += 1) sound.fill(byteAt(frame / 8), 2 * frame, 2 * frame + 2);
  await writeFile(join(counter.recordingsDir, file), Buffer.concat([alawHeader(2, frames), sound]));
  if (state === 'stored') {
    await counter.db.query(
      `update recordings set state = 'stored', file = $2, source = null, sha256 = $3, duration_ms = $4, channels = 2,
         bytes = 1000, heard_ms = '{1000,2000}', gaps = $5 where call_id = $1`,
      [callId, file, Buffer.alloc(32, 1), SECONDS * 1_000, JSON.stringify([PAUSED])],
    );
  }
  const { status, body } = await counter.ask(agent, 'POST', '/v1/tickets', {
    callId,
    type: 'COMPLAINT',
    categoryCode: 'leak',
    content: '门前水管爆裂',
    unitCode: 'water',
    ...more,
  });
  expect(status).toBe(201);
  return { id: body.id, callId };
}
const ask = (who: Person, ticketId: string, purpose = '核实漏水位置') =>
  counter.ask(who, 'POST', `/v1/tickets/${ticketId}/clips`, { purpose });
const CUT = { fromMs: 4_000, toMs: 9_000, muted: [{ fromMs: 5_000, toMs: 5_400 }] };
const approve = (who: Person, id: string, more: object = {}) =>
  counter.ask(who, 'POST', `/v1/recording-clips/${id}/approve`, {
    ...CUT,
    hours: 24,
    reason: '与处理工单有关',
    ...more,
  });
const play = (who: Person, id: string) =>
  counter.app.inject({
    url: `/v1/recording-clips/${id}/sound`,
    headers: { authorization: `Bearer ${who.token}` },
  });
async function asked(): Promise<{ clipId: string; callId: string; ticketId: string }> {
  const { id, callId } = await ticket();
  const { status, body } = await ask(unit, id);
  expect(status).toBe(201);
  return { clipId: body.clip.id, callId, ticketId: id };
}

test('asked by the unit, cut and approved by a lead, heard: the piece alone, muted and paused stretches silent', async () => {
  const { clipId, callId } = await asked();
  expect((await play(unit, clipId)).json()).toMatchObject({ status: 409, code: 'clip.notApproved' });
  const { body } = await approve(lead, clipId);
  expect(body.clip).toMatchObject({
    state: 'approved',
    unitCode: 'water',
    cut: CUT,
    decidedBy: { id: lead.id },
  });
  const heard = await play(unit, clipId);
  expect(heard.statusCode).toBe(200);
  expect(heard.headers).toMatchObject({
    'content-type': 'audio/wav',
    'cache-control': 'no-store',
    'content-disposition': `inline; filename="clip-${clipId}.wav"`,
  });
  const wav = heard.rawPayload;
  expect(wav.length).toBe(58 + 5 * 16_000);
  expect([wav.readUInt32LE(4), wav.readUInt32LE(46), wav.readUInt32LE(54)]).toEqual([
    wav.length - 8,
    40_000,
    80_000,
  ]);
  const at = (ms: number): number => wav[58 + Math.round((ms - CUT.fromMs) * 16)] ?? -1;
  expect([4_000, 4_900, 5_500, 7_100, 8_900].map(at)).toEqual(
    [4_000, 4_900, 5_500, 7_100, 8_900].map(byteAt),
  );
  // Muted by the lead; sensitive data, silent in the recording already and here once more.
  expect([5_000, 5_200, 5_399, 6_000, 6_500, 6_999].map(at)).toEqual(Array(6).fill(0xd5));
  await play(unit, clipId);
  const trail = await counter.services.audit.ofSubject('call', callId);
  expect(trail.map(({ action }) => action).sort()).toEqual([
    'call.clipAsked',
    'call.clipDecided',
    'call.clipPlayed',
    'call.clipPlayed',
  ]);
  expect(trail.find(({ action }) => action === 'call.clipPlayed')).toMatchObject({
    accountId: unit.id,
    reason: 'water: 核实漏水位置',
  });
});

test('it is over after its time, and when it is taken back before', async () => {
  const { clipId } = await asked();
  const { body } = await approve(lead, clipId, { hours: 1 });
  clock = Date.parse(body.clip.until) + 1;
  await counter.db.query(`update sessions set expires_at = to_timestamp($1 / 1000.0)`, [clock + 3_600_000]);
  expect((await play(unit, clipId)).json()).toMatchObject({ status: 410, code: 'clip.over' });
  clock = null;
  expect((await play(unit, clipId)).statusCode).toBe(200);
  const end = await counter.ask(lead, 'POST', `/v1/recording-clips/${clipId}/end`, { reason: '工单已办结' });
  expect(end.body.clip).toMatchObject({ state: 'ended', decision: '工单已办结' });
  expect((await play(unit, clipId)).json()).toMatchObject({ code: 'clip.over' });
});

test('never the whole recording, and nothing that is not in it', async () => {
  const { clipId } = await asked();
  for (const [cut, fault] of [
    [{ fromMs: 0, toMs: 20_000 }, 'nearlyAll'],
    [{ fromMs: 0, toMs: 16_100 }, 'nearlyAll'],
    [{ fromMs: 9_000, toMs: 4_000 }, 'backwards'],
    [{ fromMs: 15_000, toMs: 20_001 }, 'outside'],
    [{ fromMs: 4_000, toMs: 4_500 }, 'tooShort'],
    [{ muted: [{ fromMs: 3_000, toMs: 5_000 }] }, 'mutedOutside'],
    [{ muted: [{ fromMs: 5_000, toMs: 5_000 }] }, 'mutedOutside'],
  ] as const) {
    expect((await approve(lead, clipId, cut)).body).toMatchObject({
      status: 422,
      code: 'clip.cutInvalid',
      data: { fault, durationMs: 20_000 },
    });
  }
  for (const more of [{ hours: 0 }, { hours: 169 }, { reason: ' ' }, { fromMs: -1 }]) {
    expect((await approve(lead, clipId, more)).status).toBe(400);
  }
  expect((await approve(lead, clipId)).status).toBe(200);
});

test('another unit sees and hears nothing of it, and an agent has no business with it', async () => {
  const { clipId, ticketId } = await asked();
  await approve(lead, clipId);
  const other = await counter.person(['unit'], { unitCode: 'power' });
  expect((await play(other, clipId)).json()).toMatchObject({ status: 404, code: 'clip.unknown' });
  expect((await ask(other, ticketId)).body).toMatchObject({ status: 404, code: 'ticket.unknown' });
  const list = await counter.ask(other, 'GET', '/v1/recording-clips');
  expect(list.body.clips).toEqual([]);
  const mine = await counter.ask(unit, 'GET', `/v1/recording-clips?ticketId=${ticketId}`);
  expect(mine.body.clips).toMatchObject([{ id: clipId, state: 'approved' }]);
  const { agent } = counter.people;
  expect((await play(agent, clipId)).statusCode).toBe(403);
  expect((await approve(unit, clipId)).status).toBe(403);
  expect((await ask(agent, ticketId)).status).toBe(403);
});

test('a unit whose ticket has gone elsewhere hears the approved piece no more', async () => {
  const { clipId, ticketId } = await asked();
  await approve(lead, clipId);
  expect((await play(unit, clipId)).statusCode).toBe(200);
  await counter.db.query(`update tickets set unit_code = 'power' where id = $1`, [ticketId]);
  expect((await play(unit, clipId)).json()).toMatchObject({ status: 404, code: 'ticket.unknown' });
  expect((await play(lead, clipId)).statusCode).toBe(200);
});

test('nobody decides on the own request, and each is decided once', async () => {
  const { id } = await ticket();
  const both = await counter.person(['unit', 'supervisor'], { unitCode: 'water' });
  const { body } = await ask(both, id);
  expect((await approve(both, body.clip.id)).body).toMatchObject({ status: 403, code: 'clip.ownRequest' });
  const colleague = await counter.person(['supervisor'], { unitCode: 'water' });
  expect((await approve(colleague, body.clip.id)).body).toMatchObject({
    status: 403,
    code: 'clip.ownRequest',
  });
  expect((await ask(unit, id)).body).toMatchObject({ status: 409, code: 'clip.asked' });
  const verdicts = await Promise.all([
    approve(lead, body.clip.id),
    approve(counter.people.supervisor, body.clip.id),
  ]);
  expect(verdicts.map(({ status }) => status).sort()).toEqual([200, 409]);
  const url = `/v1/recording-clips/${body.clip.id}/refuse`;
  expect((await counter.ask(lead, 'POST', url, { reason: '不需要收听' })).body).toMatchObject({
    code: 'clip.decided',
  });
  // Decided on, the unit may ask anew.
  expect((await ask(unit, id)).status).toBe(201);
});

test('refused, it stays unheard; without a purpose nothing is asked', async () => {
  const { clipId, ticketId } = await asked();
  const url = `/v1/recording-clips/${clipId}/refuse`;
  expect((await counter.ask(lead, 'POST', url, { reason: '工单文字已足够' })).body.clip).toMatchObject({
    state: 'refused',
    cut: null,
    until: null,
  });
  expect((await play(unit, clipId)).json()).toMatchObject({ code: 'clip.notApproved' });
  for (const purpose of ['', ' ', ' x', 'x'.repeat(201)]) {
    expect((await ask(unit, ticketId, purpose)).status).toBe(400);
  }
});

test('what cannot be heard cannot be asked for: an unknown citizen’s voice, no call, no recording yet', async () => {
  const anonymous = await ticket({ anonymous: true });
  expect((await ask(unit, anonymous.id)).body).toMatchObject({ status: 409, code: 'clip.anonymous' });
  const unsealed = await ticket({}, 'started');
  expect((await ask(unit, unsealed.id)).body).toMatchObject({
    status: 409,
    code: 'clip.noRecording',
    data: { state: 'started' },
  });
  const { body } = await counter.ask(counter.people.operator, 'POST', '/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'leak', content: '门前水管爆裂', unitCode: 'water' },
  });
  expect((await ask(unit, body.id)).body).toMatchObject({ status: 409, code: 'clip.noCall' });
});

test('a file that is gone or of another kind is said to be none; the attempt is on record', async () => {
  const { clipId, callId } = await asked();
  await approve(lead, clipId);
  await counter.db.query(`update recordings set file = '2026/11/23/gone.wav' where call_id = $1`, [callId]);
  expect((await play(unit, clipId)).json()).toMatchObject({ status: 404, code: 'recording.none' });
  await writeFile(join(counter.recordingsDir, '2026/11/23/gone.wav'), 'no sound');
  expect((await play(unit, clipId)).json()).toMatchObject({ status: 404, code: 'recording.none' });
});
