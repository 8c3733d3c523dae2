import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alarmBooks } from '../../../src/adapters/pg/alarms.ts';
import { placeReminderBooks } from '../../../src/adapters/pg/place-reminders.ts';
import { remindUnverified } from '../../../src/app/knowledge/places/remind-unverified.ts';
import type { AlarmBook } from '../../../src/app/ports/alarms.ts';
import { type Counter, openCounter, type Person } from './counter.ts';

// Places that nobody looked at for long: their keepers are asked, then pressed for, then told of.

const DAY_MS = 86_400_000;
let now = Date.parse('2026-03-02T10:00:00+08:00');
let counter: Counter;
beforeAll(async () => {
  counter = await openCounter({ now: () => now });
  await counter.db.query(`update sessions set expires_at = '2100-01-01'`);
});
afterAll(() => counter.close());

const ask = (who: Person, method: 'GET' | 'POST', url: string, body?: object) =>
  counter.ask(who, method, `/v1${url}`, body);
let made = 0;
async function place(over: object): Promise<{ id: string; code: string }> {
  made += 1;
  const { status, body } = await ask(counter.people.operator, 'POST', '/places', {
    ...{
      code: `V${made}`,
      name: `场所${made}`,
      address: `江海路${made}号`,
      category: 'water',
      keeper: 'unit',
    },
    ...over,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}
/** As each of several workers does it, with a memory of its own. */
const remind = (alarms: AlarmBook = alarmBooks(counter.db)) =>
  remindUnverified({
    ...counter.services,
    placeReminders: placeReminderBooks(counter.db),
    alarms,
    newId: randomUUID,
  })();
const openAlarms = async (): Promise<string[]> =>
  (await ask(counter.people.lead, 'GET', '/alarms?open=true')).body.alarms.map(
    ({ subject }: { subject: string }) => subject,
  );
const sum = (all: readonly { ticketsOpened: number; alarmsRaised: number }[]) => ({
  ticketsOpened: all.reduce((count, one) => count + one.ticketsOpened, 0),
  alarmsRaised: all.reduce((count, one) => count + one.alarmsRaised, 0),
});
const tickets = async (unit: string) =>
  (await ask(counter.people.lead, 'GET', `/tickets?categoryCode=knowledge.places&unitCode=${unit}`)).body
    .tickets;
const NONE = { ticketsOpened: 0, alarmsRaised: 0 };

test('after half a year its keeper is asked, once, about all of his; a place without one is the centre’s', async () => {
  const [first, second] = [await place({ unit: 'water' }), await place({ unit: 'water' })];
  const alone = await place({ keeper: 'partner' });
  now += 100 * DAY_MS;
  const fresh = await place({ unit: 'power' });
  now = Date.parse('2026-09-01T08:59:00+08:00');
  expect(await remind()).toEqual(NONE);
  now = Date.parse('2026-09-01T09:00:00+08:00');
  expect(sum(await Promise.all([remind(), remind()]))).toEqual({ ticketsOpened: 2, alarmsRaised: 0 });
  const [own] = await tickets('water');
  expect(own).toMatchObject({ state: 'dispatched', title: '场所核实：2 个场所久未核实' });
  const { body } = await ask(counter.people.unit, 'GET', `/tickets/${own.id}`);
  expect(body.content).toContain(`${first.code} 场所1`);
  expect(body.content).toContain(second.code);
  expect(body.content).not.toContain(fresh.code);
  const [centres] = await tickets('centre');
  const centre = await ask(counter.people.lead, 'GET', `/tickets/${centres.id}`);
  expect(centre.body.content).toContain(alone.code);
  // The ticket is open: nobody is asked twice for the same.
  now += DAY_MS;
  expect(await remind()).toEqual(NONE);
});

test('a month later the leads hear of what was not looked at; once all is, the alarm goes by itself', async () => {
  now += 30 * DAY_MS;
  expect(sum(await Promise.all([remind(), remind()]))).toMatchObject({ alarmsRaised: 2 });
  expect((await ask(counter.people.lead, 'GET', '/alarms?open=true')).body.alarms).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'place.unverified', subject: 'water', times: 1 }),
      expect.objectContaining({ kind: 'place.unverified', subject: 'centre' }),
    ]),
  );
  const { body } = await ask(counter.people.agent, 'GET', '/places?unit=water');
  const [one, other] = body.places as { id: string; revision: number }[];
  const verify = (id: string, revision: number, act = 'verified') =>
    ask(counter.people.unit, 'POST', `/places/${id}/${act}`, { revision });
  expect((await verify(one?.id ?? '', one?.revision ?? 0)).status).toBe(200);
  await remind();
  expect((await openAlarms()).toSorted()).toEqual(['centre', 'water']);
  // Closed for good is an answer as well.
  expect((await verify(other?.id ?? '', other?.revision ?? 0, 'closed')).status).toBe(200);
  await remind();
  expect(await openAlarms()).toEqual(['centre']);
});

test('a ticket that was closed without anybody looking is followed by another, which says so', async () => {
  const [centres] = await tickets('centre');
  await counter.db.query(`update tickets set state = 'closed', closed_at = $2 where id = $1`, [
    centres.id,
    new Date(now),
  ]);
  now += DAY_MS;
  expect(await remind()).toEqual({ ticketsOpened: 1, alarmsRaised: 0 });
  const [again] = (await tickets('centre')).filter(({ id }: { id: string }) => id !== centres.id);
  expect(again.title).toBe('场所核实：1 个场所久未核实，其中 1 个已催过');
  const { body } = await ask(counter.people.lead, 'GET', `/tickets/${again.id}`);
  expect(body.content).toContain('第 2 次催办');
});

test('a worker that is killed while an alarm ends leaves it standing; the next ends it', async () => {
  const [kept] = (await ask(counter.people.lead, 'GET', '/places?keeper=partner')).body.places;
  expect(await openAlarms()).toContain('centre');
  const seen = { revision: kept.revision };
  expect((await ask(counter.people.operator, 'POST', `/places/${kept.id}/verified`, seen)).status).toBe(200);
  const killed = new Error('killed');
  const dies: AlarmBook = { ...alarmBooks(counter.db), settle: () => Promise.reject(killed) };
  await expect(remind(dies)).rejects.toThrow('killed');
  expect(await openAlarms()).toContain('centre');
  await remind();
  expect(await openAlarms()).not.toContain('centre');
});

test('a place that another keeps now is asked of him anew, and is no neglect of who kept it before', async () => {
  const { dispatcher, operator, lead } = counter.people;
  const moved = await place({ keeper: 'partner', unit: 'power' });
  now += 200 * DAY_MS;
  await remind();
  now += 31 * DAY_MS;
  await remind();
  expect(await openAlarms()).toContain('power');
  const target = { revision: 1, targetCode: 'partner-moved' };
  expect((await ask(dispatcher, 'POST', `/places/${moved.id}/target`, target)).status).toBe(200);
  const { body } = await ask(operator, 'GET', '/places?unit=power');
  for (const { id, revision } of body.places.filter(({ id }: { id: string }) => id !== moved.id)) {
    expect((await ask(operator, 'POST', `/places/${id}/verified`, { revision })).status).toBe(200);
  }
  await remind();
  expect(await openAlarms()).not.toContain('power');
  const [asked] = await tickets('partner-moved');
  const ticket = await ask(lead, 'GET', `/tickets/${asked.id}`);
  expect(ticket.body.content).toContain(moved.code);
  expect(ticket.body.content).not.toContain('次催办');
});
