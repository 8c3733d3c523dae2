import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { readTicket } from '../../../src/app/tickets/read-tickets.ts';
import { run } from '../../../src/roles/worker.ts';
import { freshRedis } from '../../support/services.ts';
import { appeal, freshCounty } from '../pg-tickets/county.ts';
import { prompts } from './prompt-settings.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const quiet = (): void => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

test('a ticket that its unit lets lie, in compressed time: warned, over, urged, ordered, the order followed, each by its job and at its moment', async () => {
  const [county, redis] = await Promise.all([freshCounty(), freshRedis()]);
  onTestFinished(() => county.close());
  onTestFinished(() => redis.stop());
  const compressed = { category: 'urban', daySeconds: 3, untilMs: Date.now() + 600_000 };
  await county.db.query(
    `insert into limit_sets (preset, content, valid_from, state, reason, proposed_at, decided_at)
     values ('jiangsu-3-5', $1::jsonb, now() - interval '1 minute', 'approved', 'x', now(), now())`,
    [JSON.stringify({ compressed })],
  );
  const config = { databaseUrl: county.url, redisUrl: redis.url, ...prompts() };
  const messages = { folder: '/nowhere', webhook: null, visitPage: null };
  // No sweep comes in this test: what happens comes by the outbox and its job.
  const times = { claimMs: 60_000, sweepEveryMs: 3_600_000, jobLostAfterMs: 3_600_000 };
  const worker = await run({ ...config, messages }, log, times);
  onTestFinished(() => worker.stop());

  const books = { tickets: ticketBooks(county.db) };
  const { id } = await openTicket({ ...books, now: Date.now, newId: randomUUID, compressedTime: 'on' })({
    appeal: appeal({ categoryCode: 'urban.lighting', citizenNumber: '13912345678' }),
    ...{ callId: null, actor: county.agent },
  });
  const told = async () => {
    const { timeline } = await readTicket(books)(id, county.lead);
    return timeline.map(({ type, body: { clock = '', level = '', order, lateMs, trigger = '' } }) => ({
      what: [type, order === undefined ? clock : 'order', level, trigger]
        .filter((word) => word !== '')
        .join(' '),
      lateMs: typeof lateMs === 'number' ? lateMs : 0,
    }));
  };
  await expect
    .poll(async () => (await told()).map(({ what }) => what), PATIENCE)
    .toContain('supervisionIssued order unanswered');
  const all = await told();
  const said = all.map(({ what }) => what);
  expect(said).toEqual(
    expect.arrayContaining(['deadlineWarning unit 50', 'deadlineWarning unit 80', 'signFor']),
  );
  // Each comes of the one before it.
  const chain = [
    ...['register', 'dispatch', 'deadlineOverdue unit 100', 'urged', 'supervisionIssued order overdue'],
    ...['stageOverdue order 100', 'supervisionIssued order unanswered'],
  ];
  expect(said.filter((what) => chain.includes(what))).toEqual(chain);
  expect(Math.max(...all.map(({ lateMs }) => lateMs))).toBeLessThan(20_000);
}, 180_000);
