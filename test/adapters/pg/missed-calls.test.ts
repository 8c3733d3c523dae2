import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { messageBooks } from '../../../src/adapters/pg/messages.ts';
import { missedCallBooks } from '../../../src/adapters/pg/missed-calls.ts';
import type { AppError } from '../../../src/app/errors.ts';
import { collectMissedCalls } from '../../../src/app/missed-calls/collect-missed-calls.ts';
import {
  callMissedCall,
  claimMissedCall,
  finishMissedCall,
  releaseMissedCall,
} from '../../../src/app/missed-calls/work-missed-calls.ts';
import type { AgentCommand } from '../../../src/app/ports/commands.ts';
import { DEFAULT_MISSED_CALL_RULES } from '../../../src/domain/callbacks/missed/missed-call.ts';
import { type County, freshCounty } from '../pg-tickets/county.ts';

let county: County;
let now: number;
beforeEach(async () => {
  county = await freshCounty();
  now = Date.parse('2026-11-25T15:00:00+08:00');
});
afterEach(() => county.close());

const MOBILE = '13912345678';
const deps = () => ({
  database: county.db,
  missedCalls: missedCallBooks(county.db),
  messages: messageBooks(county.db),
  now: () => now,
  newId: randomUUID,
});
const collect = () => collectMissedCalls(deps())();
/** A call that ended `agoMs` ago after waiting `waitedMs`. */
async function call(
  result: string,
  more: { from?: string; waitedMs?: number; agoMs?: number } = {},
): Promise<string> {
  const { from = MOBILE, waitedMs = 30_000, agoMs = 1000 } = more;
  const id = randomUUID();
  const ended = now - agoMs;
  await county.db.query(
    `insert into calls (id, arrived_at, trunk, dialled, caller_number, line, queue, queued_at, talk_started_at, ended_at,
       result) values ($1, $2, 'carrier', '12345', $3, '12345', 'general', $2, $4, $5, $6)`,
    [
      id,
      new Date(ended - waitedMs),
      from,
      result.startsWith('answered') ? new Date(ended - 1) : null,
      new Date(ended),
      result,
    ],
  );
  return id;
}
const due = async () => (await missedCallBooks(county.db).list('due', { limit: 50 }, now)).items;
const messages = async () =>
  (await county.db.query<{ number: string; text: string }>('select number, text from citizen_messages')).rows;
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('should have been refused'),
    ({ code }: AppError) => code,
  );
const me = () => county.agent.accountId ?? '';
const other = () => county.lead.accountId ?? '';

test('a number that rang in vain three times is one item, and is told once that we are sorry', async () => {
  await call('abandoned', { waitedMs: 20_000, agoMs: 60_000 });
  await call('abandoned', { waitedMs: 45_000 });
  expect(await collect()).toBe(2);
  await call('lost', { from: `0${MOBILE}`, waitedMs: 5_000 });
  expect(await collect()).toBe(1);
  expect(await collect()).toBe(0);
  expect(await due()).toMatchObject([
    { number: MOBILE, calls: 3, longestWaitMs: 45_000, why: 'lost', state: 'open' },
  ]);
  const sent = await messages();
  expect(sent).toMatchObject([{ number: MOBILE }]);
  expect(sent[0]?.text).toContain('未能及时接听');
});

test('who hung up at once is listed and not written to; who withheld his number is told apart; answered ones are no work', async () => {
  await call('abandoned', { waitedMs: 3_000 });
  const hidden = await call('abandoned', { from: 'anonymous', waitedMs: 42_000, agoMs: 9_000 });
  const cut = await call('lost', { from: '', agoMs: 8_000 });
  await call('answeredByAgent', { from: '13800138000' });
  await call('answeredByAgent', { from: 'anonymous' });
  expect(await collect()).toBe(3);
  expect((await due()).map(({ number }) => number)).toEqual([MOBILE]);
  expect(await messages()).toEqual([]);
  expect(await collect()).toBe(0);
  // Nobody can call them back, and they have called in vain all the same.
  const withheld = (limit = 50, after?: string) =>
    missedCallBooks(county.db).withheld(now - 3_600_000, after === undefined ? { limit } : { limit, after });
  expect(await withheld()).toMatchObject({
    calls: [
      { callId: cut, why: 'lost' },
      { callId: hidden, why: 'abandoned', line: '12345', queue: 'general', waitedMs: 42_000 },
    ],
    ...{ count: 2, next: null },
  });
  const first = await withheld(1);
  expect(first).toMatchObject({ calls: [{ callId: cut }], count: 2 });
  expect(await withheld(1, first.next ?? '')).toMatchObject({ calls: [{ callId: hidden }], next: null });
  expect(await missedCallBooks(county.db).withheld(now - 8_500, { limit: 50 })).toMatchObject({ count: 1 });
});

/** The citizen of `callId` keeps his place and is to be called back. */
const promise = (callId: string, ended: { state: 'failed' | 'fulfilled'; atMs: number } | null = null) =>
  county.db.query(
    `insert into callbacks (id, number, queue, call_id, state, seq, since_at, requested_at, valid_until, attempts,
       ended_at, body)
     values ($1, $2, 'general', $3, $4, 1, $5, $5, $6, 0, $7, '{}')
     on conflict (id) do nothing`,
    [
      randomUUID(),
      MOBILE,
      callId,
      ended?.state ?? 'waiting',
      new Date(now - 60_000),
      new Date(now + 3_600_000),
      ended === null ? null : new Date(ended.atMs),
    ],
  );

test('whose callback stands is no missed call though he rings in and gives up: he is called back, once', async () => {
  await promise(await call('callbackPromised', { agoMs: 600_000 }));
  // By the carrier's spelling of his number.
  await call('abandoned', { from: `0${MOBILE}` });
  expect(await collect()).toBe(1);
  expect(await due()).toEqual([]);
  expect(await messages()).toEqual([]);
  // It comes to nothing: now he is work.
  await county.db.query(`update callbacks set state = 'failed', ended_at = $1`, [new Date(now)]);
  expect(await collect()).toBe(1);
  expect(await due()).toMatchObject([{ number: MOBILE, why: 'callbackFailed', calls: 1 }]);
});

test('at night nobody is written to before the morning', async () => {
  now = Date.parse('2026-11-25T23:30:00+08:00');
  await call('abandoned');
  await collect();
  const { rows } = await county.db.query<{ at: string }>(
    `select to_char(not_before at time zone 'Asia/Shanghai', 'DD HH24:MI') as at from citizen_messages`,
  );
  expect(rows).toEqual([{ at: '26 07:00' }]);
});

test('who gets through by himself is no work any more, also while somebody holds the item', async () => {
  await call('abandoned', { agoMs: 60_000 });
  await collect();
  const [item] = await due();
  await claimMissedCall(deps())(item?.id ?? '', me());
  // By whom is told so that his own page knows it for his.
  const claimed = await missedCallBooks(county.db).list('claimed', { limit: 5 }, now);
  expect(claimed.items).toMatchObject([{ id: item?.id, claimedBy: { id: me() } }]);
  await call('answeredByAgent');
  await collect();
  expect(await due()).toEqual([]);
  expect(await refusal(claimMissedCall(deps())(item?.id ?? '', me()))).toBe('missedCall.over');
});

test('whoever holds an item and reaches the citizen says so himself; let go, it is closed by the talk', async () => {
  const reached = async (missedCallId: string) =>
    county.db.query(
      `insert into calls (id, arrived_at, trunk, dialled, caller_number, talk_started_at, result, direction, purpose,
         missed_call_id) values ($1, $2, 'carrier', '12345', $3, $2, 'reached', 'outbound', 'missedCall', $4)`,
      [randomUUID(), new Date(now), MOBILE, missedCallId],
    );
  await call('abandoned', { agoMs: 60_000 });
  await collect();
  const id = (await due())[0]?.id ?? '';
  await claimMissedCall(deps())(id, me());
  await reached(id);
  await collect();
  await finishMissedCall(deps())(id, me(), { result: 'reached', note: '已答复' });
  expect((await missedCallBooks(county.db).list('done', { limit: 5 }, now)).items).toMatchObject([
    { id, result: 'reached' },
  ]);
  now += 60_000;
  await call('abandoned');
  await collect();
  const again = (await due())[0]?.id ?? '';
  await claimMissedCall(deps())(again, me());
  now += 60_000;
  await reached(again);
  await releaseMissedCall(deps())(again, me());
  await collect();
  expect(await due()).toEqual([]);
});

test('one person holds an item, for a quarter of an hour; asking twice is asking once', async () => {
  await call('abandoned');
  await collect();
  const id = (await due())[0]?.id ?? '';
  const claim = (who: string) => claimMissedCall(deps())(id, who);
  const both = await Promise.allSettled([claim(me()), claim(other())]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [mine, theirs] = both[0]?.status === 'fulfilled' ? [me(), other()] : [other(), me()];
  const first = await claim(mine);
  expect(await claim(mine)).toEqual(first);
  expect(await due()).toEqual([]);
  expect(await refusal(finishMissedCall(deps())(id, theirs, { result: 'reached', note: '' }))).toBe(
    'missedCall.notHeld',
  );
  now += 15 * 60_000 + 1;
  expect(await refusal(releaseMissedCall(deps())(id, mine))).toBe('missedCall.notHeld');
  await claim(theirs);
  await finishMissedCall(deps())(id, theirs, { result: 'notReached', note: '无人接听' });
  const { items } = await missedCallBooks(county.db).list('done', { limit: 5 }, now);
  expect(items).toMatchObject([{ id, result: 'notReached', note: '无人接听' }]);
  // He rings in vain again: that is new work.
  await call('abandoned');
  await collect();
  expect((await due())[0]?.id).not.toBe(id);
});

test('the quota of the hour holds for the whole house, and comes back with the hour', async () => {
  await missedCallBooks(county.db).saveRules({ ...DEFAULT_MISSED_CALL_RULES, perHour: 1 }, me(), now);
  await call('abandoned');
  await call('abandoned', { from: '13800138000' });
  await collect();
  const [one, two] = await due();
  await claimMissedCall(deps())(one?.id ?? '', me());
  expect(await refusal(claimMissedCall(deps())(two?.id ?? '', other()))).toBe('missedCall.quotaUsed');
  now += 3_600_001;
  await claimMissedCall(deps())(two?.id ?? '', other());
});

test('a call back is asked of call control with the number, which no answer holds', async () => {
  await call('abandoned');
  await collect();
  const id = (await due())[0]?.id ?? '';
  const asked: AgentCommand[] = [];
  const commands = {
    send: async (command: AgentCommand) => {
      asked.push(command);
      return { ok: true, agent: null } as const;
    },
  };
  const ring = () => callMissedCall({ ...deps(), commands })({ id, callId: 'c1', agentId: me() });
  expect(await refusal(ring())).toBe('missedCall.notHeld');
  await claimMissedCall(deps())(id, me());
  expect(JSON.stringify(await ring())).not.toContain(MOBILE);
  expect(asked).toMatchObject([
    { kind: 'call', purpose: 'missedCall', number: MOBILE, line: '12345', subject: { missedCallId: id } },
  ]);
});
