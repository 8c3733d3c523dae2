import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import { askRatings } from '../../../src/app/messages/ask-ratings.ts';
import type { CallFact } from '../../../src/app/ports/facts.ts';
import type { Grade, RatingEnd } from '../../../src/domain/rating/grades.ts';
import { type Counter, openCounter } from './counter.ts';

// How the talk was: told by call control, counted by line and by agent, asked by message of who hung up first.

const NOON = Date.parse('2026-11-25T12:00:00+08:00');
const DAY = 'from=2026-11-25&to=2026-11-25';
let counter: Counter;
let agentId: string;
beforeAll(async () => {
  counter = await openCounter();
  agentId = counter.people.agent.id;
  await counter.db.query(
    `insert into queues (code, name, rating) values ('asking', '专席', 'keysOrMessage')`,
  );
});
afterAll(() => counter.close());

interface Talk {
  readonly caller?: string;
  readonly queue?: string;
  readonly releasedBy?: 'agent' | 'caller';
  readonly rating?: readonly [RatingEnd, Grade | null];
  /** The agent has left him with a unit. */
  readonly withUnit?: boolean;
  readonly atMs?: number;
}
const leftWithUnit = (callId: string, agentLeg: string): readonly CallFact[] => {
  const leg = `${callId}.u2`;
  return [
    { type: 'legRang', leg, agentId: null, number: '051384139001', reason: '' },
    { type: 'legAnswered', leg },
    { type: 'partyJoined', leg, kind: 'unit', agentId: null, how: 'invited', by: agentId },
    { type: 'legEnded', leg: agentLeg, how: 'left', by: agentId },
  ];
};
async function talk({
  caller = '13812345678',
  queue = 'asking',
  releasedBy = 'agent',
  rating,
  withUnit = false,
  atMs = NOON,
}: Talk) {
  const callId = randomUUID();
  const leg = `${callId}.a1`;
  const told: CallFact[] = [
    {
      type: 'callArrived',
      trunk: 'carrier',
      dialled: '12345',
      callerNumber: caller,
      headers: {},
      recording: '',
    },
    {
      type: 'callRecognised',
      line: '12345',
      mode: 'MAIN',
      method: 'dialled',
      confidence: 'certain',
      reason: '',
      configurationVersion: 1,
    },
    { type: 'callAnswered' },
    { type: 'queueEntered', queue, reason: '' },
    { type: 'talkStarted', leg, agentId },
    ...(withUnit ? leftWithUnit(callId, leg) : []),
    ...(rating === undefined
      ? []
      : [{ type: 'rating', agentId, leg, how: rating[0], grade: rating[1] } as const]),
    { type: 'callEnded', releasedBy, result: 'answeredByAgent', detail: '' },
  ];
  const facts = told.map((fact, seq) => ({ id: randomUUID(), callId, seq, atMs: atMs + seq, ...fact }));
  const writer = factWriter(counter.db, ({ reason }) => expect.fail(reason));
  await writer.writeFacts(facts);
  // Told twice, and its end again: it stays one.
  await writer.writeFacts(facts.slice(-2));
  return callId;
}
const get = async (url: string) => counter.ask(counter.people.lead, 'GET', `/v1${url}`);
const ask = (now: number) => askRatings({ ...counter.services, now: () => now })();
const written = async () =>
  (await counter.services.messages.list({ kind: 'rating' }, { limit: 200 })).messages;

test('grades are counted for the line and for the agent, who was asked and said nothing among the asked', async () => {
  for (const grade of [5, 5, 4, 3, 1] as const) await talk({ rating: ['rated', grade] });
  for (const how of ['silent', 'invalid', 'hungUp', 'unasked'] as const) await talk({ rating: [how, null] });
  const { status, body } = await get(`/reports/ratings?${DAY}`);
  expect(status).toBe(200);
  expect(body.agents).toMatchObject([{ agentId, asked: 8, rated: 5, satisfied: 4, satisfactionRate: 80 }]);
  expect(body.agents[0].grades.map((one: { zh: string; calls: number }) => `${one.zh} ${one.calls}`)).toEqual(
    ['非常满意 2', '满意 1', '基本满意 1', '不满意 0', '非常不满意 1'],
  );
  const { body: lines } = await get(`/reports/lines?${DAY}&used=true`);
  expect(lines.lines[0].after.counts).toMatchObject({ answered: 9, rated: 5, satisfied: 4 });
  expect(lines.lines[0].after.figures).toContainEqual(
    expect.objectContaining({ name: 'satisfactionRate', numerator: 4, denominator: 5, value: 80 }),
  );
  expect((await get('/reports/ratings?from=2026-11-26&to=2026-11-26')).body.agents).toEqual([]);
  expect(await get('/reports/ratings?from=2026-11-26&to=2026-11-25')).toMatchObject({
    status: 400,
    body: { code: 'period.tooLong' },
  });
});

test('who hung up first is written to once a call, in the morning after a night call; nobody else is', async () => {
  const night = Date.parse('2026-11-25T23:30:00+08:00');
  const asked = await talk({ releasedBy: 'caller', atMs: night, caller: '+8613900139000' });
  await talk({ releasedBy: 'caller', atMs: night, queue: 'general' });
  await talk({ releasedBy: 'caller', atMs: night, caller: '051384112233' });
  await talk({ releasedBy: 'caller', atMs: night, caller: '' });
  await talk({ releasedBy: 'agent', atMs: night, rating: ['hungUp', null] });
  await talk({ releasedBy: 'agent', atMs: night });
  await talk({ releasedBy: 'caller', atMs: night - 25 * 3_600_000 });
  const queued = await Promise.all([ask(night + 60_000), ask(night + 60_000)]);
  expect(queued.reduce((sum, one) => sum + one, 0)).toBe(1);
  expect(await ask(night + 120_000)).toBe(0);
  const [message, ...others] = await written();
  expect(others).toEqual([]);
  expect(message).toMatchObject({ number: '13900139000', subject: { kind: 'call', id: asked } });
  expect(message?.text).toContain('回复数字：1非常满意，2满意，3基本满意，4不满意，5非常不满意');
  expect(message?.notBefore).toBe('2026-11-25T23:00:00.000Z');
});

test('whom the agent left with a unit is written to as well when he hangs up on it', async () => {
  const night = Date.parse('2026-11-27T12:00:00+08:00');
  const callId = await talk({ releasedBy: 'caller', withUnit: true, atMs: night, caller: '13900139001' });
  expect(await ask(night + 60_000)).toBe(1);
  expect((await written()).filter(({ subject }) => subject?.id === callId)).toMatchObject([
    { number: '13900139001' },
  ]);
});
