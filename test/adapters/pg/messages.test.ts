import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { messageBooks } from '../../../src/adapters/pg/messages.ts';
import { changeMessageSettings } from '../../../src/app/messages/change-message-settings.ts';
import { queueMessages, type WantedMessage } from '../../../src/app/messages/queue-messages.ts';
import { retrainCallers } from '../../../src/app/messages/retrain-callers.ts';
import { sendDueMessages } from '../../../src/app/messages/send-due-messages.ts';
import type { ClaimedMessage, GiveUp, MessageBook } from '../../../src/app/ports/messages.ts';
import { DatabaseAway } from '../../../src/app/ports/transaction.ts';
import { type Attempt, BACK_OFF_MS } from '../../../src/domain/messages/sending.ts';
import { type County, freshCounty } from '../pg-tickets/county.ts';

let county: County;
let book: MessageBook;
/** Noon at first. */
let now: number;
let handed: ClaimedMessage[];
let attempt: Attempt;
const said: string[] = [];
const note = (_fields: object, message: string) => said.push(message);
const log = { debug: note, info: note, warn: note, error: note };

beforeAll(async () => {
  county = await freshCounty();
  book = messageBooks(county.db);
  await county.db.query(`insert into queues (code, name) values ('general', '总席')`);
  await county.db.query(`insert into lines (number, name, unit_code, mode, valid_from, valid_to, queue_code, basis)
    values ('12328', '交通热线', 'lighting', 'TRANSITION', '2020-04-28', '2020-07-28', 'general', 'x')`);
});
afterAll(() => county.close());
beforeEach(async () => {
  await county.db.query('truncate citizen_messages, calls cascade');
  await book.saveSettings({
    quietHours: { fromMinute: 1320, toMinute: 420 },
    retraining: true,
    ticketSteps: true,
  });
  now = Date.parse('2026-11-25T12:00:00+08:00');
  handed = [];
  attempt = { kind: 'taken', proof: 'sms-1' };
  said.length = 0;
});

const deps = { now: () => now, newId: randomUUID };
const queue = (wanted: readonly WantedMessage[]) => queueMessages({ messages: book, ...deps })(wanted);
const giveUp: GiveUp = async (_message, _why, write) => void (await write());
// None of these speaks of what may be told no more.
const nothingHeld = async (_message: ClaimedMessage): Promise<boolean> => false;
const send = (driver?: () => Promise<Attempt>, hold = nothingHeld) =>
  sendDueMessages({
    messages: book,
    driver: {
      name: 'test',
      send: async (message) => {
        handed.push(message);
        return driver === undefined ? attempt : driver();
      },
    },
    ...{ hold, giveUp },
    log,
    now: () => now,
    claimMs: 60_000,
  })();
const retrain = () => retrainCallers({ database: county.db, messages: book, ...deps })();

const wanted = (over: Partial<WantedMessage> = {}): WantedMessage => ({
  kind: 'restored',
  callerNumber: '+8613800138000',
  text: '供水已恢复。',
  subject: { kind: 'incident', id: 'i1' },
  dedupeKey: randomUUID(),
  ...over,
});
const call = async (over: { caller?: string; mode?: string; line?: string; endedAt?: number } = {}) => {
  const { caller = '13800138000', mode = 'TRANSITION_ENDED', line = '12328', endedAt = now } = over;
  await county.db.query(
    `insert into calls (id, arrived_at, trunk, dialled, caller_number, line, mode, ended_at)
     values ($1, $2, 'carrier', $3, $4, $3, $5, $2)`,
    [randomUUID(), new Date(endedAt), line, caller, mode],
  );
};
const all = async () => (await book.list({}, { limit: 200 })).messages;

test('queued with its transaction or not at all, once a key, and only to whom it can reach', async () => {
  const one = wanted();
  expect(
    await queue([one, one, wanted({ callerNumber: '' }), wanted({ callerNumber: '051384112233' })]),
  ).toEqual({ queued: 1, known: 1, unreachable: 2 });
  await expect(
    county.db.transact(async (tx) => {
      await queueMessages({ messages: book, ...deps })([wanted()], tx);
      throw new Error('what it speaks of did not happen');
    }),
  ).rejects.toThrow();
  expect(await all()).toHaveLength(1);
  await expect(queue([wanted({ text: ' ' })])).rejects.toThrow(RangeError);
});

test('sent with proof, once', async () => {
  await queue([wanted()]);
  expect(await send()).toEqual({ claimed: 1, sent: 1 });
  expect(await send()).toEqual({ claimed: 0, sent: 0 });
  expect(await all()).toMatchObject([
    { state: 'sent', driver: 'test', proof: 'sms-1', number: '13800138000', attempts: 1, failure: null },
  ]);
});

test('what is queued at night goes out at seven; an emergency at once', async () => {
  now = Date.parse('2026-11-25T23:00:00+08:00');
  await queue([wanted(), wanted({ kind: 'emergency' })]);
  await send();
  expect(handed.map(({ kind }) => kind)).toEqual(['emergency']);
  now = Date.parse('2026-11-26T06:59:59+08:00');
  expect((await send()).claimed).toBe(0);
  now += 1000;
  expect((await send()).sent).toBe(1);
});

test('quiet hours that were moved hold for what waits already', async () => {
  await queue([wanted()]);
  await book.saveSettings({
    quietHours: { fromMinute: 0, toMinute: 13 * 60 },
    retraining: true,
    ticketSteps: true,
  });
  expect(await send()).toEqual({ claimed: 1, sent: 0 });
  expect(handed).toEqual([]);
  expect(await all()).toMatchObject([{ state: 'pending', notBefore: '2026-11-25T05:00:00.000Z' }]);
});

test('quiet hours that were made shorter let go of what waits; what a gateway turned down keeps its pause', async () => {
  attempt = { kind: 'later', why: 'http 503', retryAfterMs: null };
  await queue([wanted({ dedupeKey: 'turned-down' })]);
  await send();
  now = Date.parse('2026-11-25T22:30:00+08:00');
  await county.db.query(`update citizen_messages set not_before = '2026-11-25T23:30:00+08:00'`);
  await queue([wanted({ dedupeKey: 'waiting' })]);
  const change = changeMessageSettings({ database: county.db, messages: book, now: () => now });
  await change(
    { quietHours: { fromMinute: 0, toMinute: 0 }, retraining: true, ticketSteps: true },
    async () => undefined,
  );
  attempt = { kind: 'taken', proof: 'p' };
  await send();
  expect(handed.map(({ dedupeKey }) => dedupeKey)).toEqual(['turned-down', 'waiting']);
});

test('a gateway that is away is asked again after growing pauses, then it is a person’s matter', async () => {
  attempt = { kind: 'later', why: 'http 503', retryAfterMs: null };
  await queue([wanted({ kind: 'emergency' })]);
  const gaps: number[] = [];
  let last = now;
  for (const pause of [0, ...BACK_OFF_MS]) {
    now += pause;
    expect((await send()).claimed).toBe(1);
    gaps.push(now - last);
    last = now;
    expect((await send()).claimed).toBe(0);
  }
  expect(gaps).toEqual([0, ...BACK_OFF_MS]);
  expect(await all()).toMatchObject([
    { state: 'failed', failure: 'http 503', attempts: BACK_OFF_MS.length + 1 },
  ]);
  expect(said).toContain('a message failed for good');
});

test('a message of which nobody can say whether it may leave goes to nobody, waits longer each time, and stops no other', async () => {
  const doubtful = wanted({ kind: 'emergency' });
  const hold = async ({ dedupeKey }: ClaimedMessage): Promise<boolean> => {
    if (dedupeKey === doubtful.dedupeKey) throw new Error('an entry that cannot be read');
    return false;
  };
  await queue([doubtful, wanted()]);
  expect(await send(undefined, hold)).toEqual({ claimed: 2, sent: 1 });
  expect((await send(undefined, hold)).claimed).toBe(0);
  const one = async () => (await all()).find(({ kind }) => kind === 'emergency');
  expect(await one()).toMatchObject({ state: 'pending', failure: 'unchecked', attempts: 1 });
  for (const pause of BACK_OFF_MS) {
    now += pause - 1;
    expect((await send(undefined, hold)).claimed).toBe(0);
    now += 1;
    expect(await send(undefined, hold)).toEqual({ claimed: 1, sent: 0 });
  }
  expect(await one()).toMatchObject({
    ...{ state: 'failed', failure: 'unchecked', attempts: BACK_OFF_MS.length + 1 },
  });
  expect(handed.map(({ kind }) => kind)).toEqual(['restored']);
  expect(said).toContain('a message failed for good');
});

test('PostgreSQL away while it is asked whether a message may leave: that is no failure of the message', async () => {
  await queue([wanted()]);
  const away = async (): Promise<boolean> => {
    throw new DatabaseAway('no connection');
  };
  await expect(send(undefined, away)).rejects.toThrow(DatabaseAway);
  expect(await all()).toMatchObject([{ state: 'sending', failure: null }]);
});

test('a message that failed is retried by a person, a sent one is not', async () => {
  attempt = { kind: 'refused', why: 'http 400' };
  await queue([wanted()]);
  await send();
  const [{ id = '' } = {}] = await all();
  expect(await all()).toMatchObject([{ state: 'failed', failure: 'http 400' }]);
  now += 7 * 86_400_000;
  expect(await county.db.transact((tx) => book.retry(id, now, tx))).toBe('retried');
  attempt = { kind: 'taken', proof: 'p' };
  expect((await send()).sent).toBe(1);
  expect(await county.db.transact((tx) => book.retry(id, now, tx))).toBe('sent');
  expect(await county.db.transact((tx) => book.retry(randomUUID(), now, tx))).toBeNull();
});

test('a week without a worker: what says nothing any more is cancelled, not sent', async () => {
  await queue([wanted()]);
  now += 7 * 86_400_000;
  expect(await send()).toEqual({ claimed: 1, sent: 0 });
  expect(handed).toEqual([]);
  expect(await all()).toMatchObject([{ state: 'cancelled', failure: 'stale' }]);
});

test('a claim that ran out is another’s; the late first holder writes nothing', async () => {
  await queue([wanted()]);
  const [first] = await book.claim(now, now + 1000, 10);
  if (first === undefined) throw new Error('nothing was claimed');
  expect(await book.claim(now, now + 1000, 10)).toEqual([]);
  now += 2000;
  expect((await send()).sent).toBe(1);
  expect(handed).toMatchObject([{ id: first.id, attempt: 2, failures: 1 }]);
  expect(await book.deliver(first, now, 'test', 'late')).toBe('lost');
  expect(await book.fail(first, now, 'test', 'late')).toBe('lost');
  expect((await all())[0]?.proof).toBe('sms-1');
});

test('many workers at once: each message is claimed by one', async () => {
  await queue(Array.from({ length: 100 }, () => wanted()));
  const rounds = await Promise.all(Array.from({ length: 16 }, () => book.claim(now, now + 1000, 10)));
  const ids = rounds.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(100);
});

test('who dialled a merged number is told once a line in 30 days', async () => {
  await call();
  await call({ caller: '+8613800138000', endedAt: now + 1 });
  await call({ caller: '13900139000' });
  await call({ caller: '051384112233' });
  await call({ caller: '' });
  await call({ caller: '13700137000', mode: 'FORWARD' });
  expect(await retrain()).toBe(2);
  expect(await retrain()).toBe(0);
  const [message] = await all();
  expect(message).toMatchObject({ kind: 'retraining', subject: { kind: 'line', id: '12328' } });
  expect(message?.text).toContain('交通热线（12328）');
  expect(message?.text).toContain('请今后直接拨打12345');
  now += 29 * 86_400_000;
  await call();
  expect(await retrain()).toBe(0);
  now += 2 * 86_400_000;
  await call();
  await call({ line: '12336' });
  expect(await retrain()).toBe(2);
});

test('two workers plan retraining at the same moment: one message', async () => {
  await call();
  const queued = await Promise.all([retrain(), retrain(), retrain()]);
  expect(queued.reduce((sum, one) => sum + one, 0)).toBe(1);
});

test('retraining switched off: nothing is written, and what waits is taken back', async () => {
  await call();
  now = Date.parse('2026-11-25T23:00:00+08:00');
  expect(await retrain()).toBe(1);
  await book.saveSettings({
    quietHours: { fromMinute: 1320, toMinute: 420 },
    retraining: false,
    ticketSteps: true,
  });
  expect(await book.cancelPending({ kind: 'retraining' }, now, 'switchedOff')).toBe(1);
  await call({ caller: '13900139000' });
  expect(await retrain()).toBe(0);
});

test('what belongs to one subject is taken back together', async () => {
  await queue([wanted(), wanted(), wanted({ subject: { kind: 'incident', id: 'i2' } })]);
  expect(await book.cancelPending({ subject: { kind: 'incident', id: 'i1' } }, now, 'withdrawn')).toBe(2);
  expect((await send()).sent).toBe(1);
});

test('pages join without a gap or a double', async () => {
  await queue(Array.from({ length: 7 }, () => wanted()));
  const seen: string[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const page = await book.list(
      { state: 'pending' },
      { limit: 3, ...(after === undefined ? {} : { after }) },
    );
    seen.push(...page.messages.map(({ id }) => id));
    after = page.next ?? undefined;
    more = page.next !== null;
  }
  expect(new Set(seen).size).toBe(7);
  expect(seen).toHaveLength(7);
});
