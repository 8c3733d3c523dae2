import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditTrail } from '../../../src/adapters/pg/audit.ts';
import { privacyBooks } from '../../../src/adapters/pg/privacy.ts';
import { ticketMoveBooks } from '../../../src/adapters/pg/ticket-moves.ts';
import { ticketBooks } from '../../../src/adapters/pg/tickets.ts';
import type { TicketBook, TicketFilter } from '../../../src/app/ports/tickets.ts';
import { revealCitizen, type Viewer } from '../../../src/app/privacy/reveal-citizen.ts';
import { openTicket } from '../../../src/app/tickets/open-ticket.ts';
import { listTickets, readTicket } from '../../../src/app/tickets/read-tickets.ts';
import type { Actor } from '../../../src/domain/tickets/ticket.ts';
import { appeal, type County, freshCounty } from './county.ts';

const START = Date.parse('2026-11-23T09:00:00+08:00');
let county: County;
let tickets: TicketBook;
/** Newest first. */
const numbers: string[] = [];
let confidential: string;

beforeAll(async () => {
  county = await freshCounty();
  tickets = ticketBooks(county.db);
  let now = START;
  const open = openTicket({ tickets, now: () => now, newId: randomUUID });
  for (let index = 0; index < 25; index += 1) {
    // Pairs share the very same instant, so that only the id orders them.
    now = START + Math.floor(index / 2) * 60_000;
    const opened = await open({
      appeal: appeal({
        type: index % 5 === 0 ? 'ENQUIRY' : 'HELP',
        unitCode: index % 3 === 0 ? 'water' : index % 3 === 1 ? 'lighting' : null,
        categoryCode: index % 2 === 0 ? 'urban' : 'urban.lighting',
        confidential: index === 7,
      }),
      callId: null,
      actor: index === 7 ? county.lead : county.agent,
    });
    numbers.unshift(opened.number);
    if (index === 7) confidential = opened.id;
  }
});
afterAll(() => county.close());

const list = (filter: TicketFilter, actor: Actor, page: { limit: number; after?: string } = { limit: 100 }) =>
  listTickets({ tickets })(filter, actor, page);

async function allPages(limit: number, actor: Actor): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await list({}, actor, after === undefined ? { limit } : { limit, after });
    expect(page.tickets.length).toBeLessThanOrEqual(limit);
    found.push(...page.tickets.map(({ number }) => number));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}

test('pages of any size join to the whole list, newest first, each ticket once', async () => {
  const whole = (await list({}, county.lead)).tickets;
  expect(whole.map(({ acceptedAt }) => acceptedAt)).toEqual(
    whole
      .map(({ acceptedAt }) => acceptedAt)
      .sort()
      .reverse(),
  );
  expect(new Set(whole.map(({ number }) => number))).toEqual(new Set(numbers));
  for (const limit of [1, 2, 3, 7, 24, 25, 26]) {
    expect(await allPages(limit, county.lead)).toEqual(whole.map(({ number }) => number));
  }
});

test('a cursor that is not ours is refused by name', async () => {
  await expect(list({}, county.lead, { limit: 5, after: 'eyJ4IjoxfQ' })).rejects.toMatchObject({
    code: 'page.invalid',
  });
});

test('filters narrow the list', async () => {
  const count = async (filter: TicketFilter): Promise<number> =>
    (await list(filter, county.lead)).tickets.length;
  expect(await count({ type: 'ENQUIRY' })).toBe(5);
  expect(await count({ unitCode: 'lighting' })).toBe(8);
  expect(await count({ state: 'registered' })).toBe(8);
  expect(await count({ categoryCode: 'urban.lighting' })).toBe(12);
  // A parent category holds its children.
  expect(await count({ categoryCode: 'urban' })).toBe(25);
  expect(await count({ acceptedFrom: START + 60_000, acceptedTo: START + 180_000 })).toBe(4);
  expect(await count({ number: numbers[3] ?? '' })).toBe(1);
  expect(await count({ overdue: true })).toBe(0);
  expect(await count({ overdue: false, unitCode: 'water', type: 'ENQUIRY' })).toBe(2);
  expect(await count({ callId: randomUUID() })).toBe(0);
});

test('a unit sees its own tickets, an agent no confidential one of others, and nobody learns that it exists', async () => {
  const units = (await list({}, county.unit)).tickets;
  expect(units).toHaveLength(8);
  expect(units.every(({ unit }) => unit?.code === 'lighting')).toBe(true);
  expect(units.some(({ id }) => id === confidential)).toBe(true);
  const agents = (await list({}, county.agent)).tickets;
  expect(agents).toHaveLength(24);
  await expect(readTicket({ tickets })(confidential, county.agent)).rejects.toMatchObject({
    code: 'ticket.unknown',
  });
  expect((await readTicket({ tickets })(confidential, county.lead)).confidential).toBe(true);
  const water: Actor = { ...county.unit, unitCode: 'water' };
  await expect(readTicket({ tickets })(confidential, water)).rejects.toMatchObject({
    code: 'ticket.unknown',
  });
  expect((await list({}, { accountId: null, roles: ['admin'], unitCode: null })).tickets).toEqual([]);
});

test('who complained is shown for a reason only, and each view stands on the time line', async () => {
  const reveal = revealCitizen({
    database: county.db,
    privacy: privacyBooks(county.db),
    ticketMoves: ticketMoveBooks(county.db),
    audit: auditTrail(county.db),
    now: () => START + 3_600_000,
    newId: randomUUID,
  });
  const viewer = (actor: Actor): Viewer => ({
    ...actor,
    accountId: actor.accountId ?? '',
    address: '127.0.0.1',
    requestId: 'r',
  });
  await expect(reveal({ id: confidential, reason: ' ', viewer: viewer(county.unit) })).rejects.toMatchObject({
    code: 'ticket.reasonMissing',
  });
  await expect(
    reveal({ id: confidential, reason: '好奇', viewer: viewer(county.agent) }),
  ).rejects.toMatchObject({
    code: 'ticket.unknown',
  });
  await Promise.all(
    Array.from({ length: 5 }, (_, index) =>
      reveal({ id: confidential, reason: `联系${index}`, viewer: viewer(county.unit) }),
    ),
  );
  const { timeline, citizenName } = await readTicket({ tickets })(confidential, county.lead);
  expect(citizenName).toBe('王**');
  expect(timeline.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(
    timeline
      .slice(2)
      .map(({ reason }) => reason)
      .sort(),
  ).toEqual(['联系0', '联系1', '联系2', '联系3', '联系4']);
  expect(timeline.at(-1)).toMatchObject({ type: 'citizenRevealed', actor: { displayName: '职员2' } });
  expect(await reveal({ id: confidential, reason: '回访', viewer: viewer(county.lead) })).toMatchObject({
    citizenName: '王小明',
    citizenNumber: '',
    until: new Date(START + 4_200_000).toISOString(),
  });
});
