import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter, type Person } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('现场')]);
const add = (
  who: Person,
  id: string,
  bytes: Buffer,
  { name = '香樟树桩.png', key = randomUUID() as string } = {},
) =>
  counter.ask(who, 'POST', `/v1/tickets/${id}/photos?name=${encodeURIComponent(name)}`, bytes, {
    'content-type': 'image/png',
    'idempotency-key': key,
  });
const move = async (who: Person, id: string, what: string) => {
  const { body } = await counter.ask(who, 'GET', `/v1/tickets/${id}/moves`);
  await counter.ask(who, 'POST', `/v1/tickets/${id}/moves`, { move: what, version: body.version });
};

test('HM-12: a photo of the place stays with the ticket as it was taken, its hash on the time line; who does not see the ticket sees none', async () => {
  const { agent, unit, returnVisitor } = counter.people;
  const opened = { type: 'REPORT', categoryCode: 'leak', content: '砍伐香樟树', unitCode: 'water' };
  const { id } = (await counter.ask(agent, 'POST', '/v1/tickets', opened)).body;
  expect((await add(unit, id, PNG)).body.code).toBe('photo.notNow');
  await move(unit, id, 'signFor');
  const key = randomUUID();
  const added = await add(unit, id, PNG, { key });
  expect(added.status, added.raw).toBe(201);
  // Sent again by who never heard that it was kept.
  await counter.db.query('delete from idempotency_keys where key = $1', [key]);
  expect((await add(unit, id, PNG, { key })).body).toEqual(added.body);
  expect((await add(agent, id, PNG, { name: '来电人所发' })).status).toBe(201);
  // By its bytes, whatever it says of itself.
  expect((await add(unit, id, Buffer.from('%PDF-1.7'))).body.code).toBe('photo.fileType');
  const sha256 = createHash('sha256').update(PNG).digest('hex');
  const { photos } = (await counter.ask(returnVisitor, 'GET', `/v1/tickets/${id}/photos`)).body;
  expect(photos).toMatchObject([
    { id: added.body.id, name: '香樟树桩.png', mediaType: 'image/png', sha256, unitCode: 'water' },
    { name: '来电人所发', sha256, unitCode: null },
  ]);
  const seen = await counter.ask(returnVisitor, 'GET', `/v1/photos/${added.body.id}`);
  expect(seen).toMatchObject({ status: 200, headers: { 'content-type': 'image/png' } });
  const { timeline } = (await counter.ask(agent, 'GET', `/v1/tickets/${id}`)).body;
  expect(timeline.filter(({ type }: { type: string }) => type === 'photoAdded')).toMatchObject([
    { reason: '香樟树桩.png', body: { photo: added.body.id, sha256 } },
    { reason: '来电人所发' },
  ]);
  expect(seen.headers['content-disposition']).toBe(`inline; filename="photo-${added.body.id}.png"`);
  // A name may tell a number: masked, like all words of a ticket.
  expect((await add(unit, id, PNG, { name: '13987654321.jpg' })).status).toBe(201);
  const names = (await counter.ask(returnVisitor, 'GET', `/v1/tickets/${id}/photos`)).body.photos.map(
    ({ name }: { name: string }) => name,
  );
  expect(names[2]).toBe('139****21.jpg');
  // Sent again when the ticket has gone on: kept is kept.
  const { version } = (await counter.ask(agent, 'GET', `/v1/tickets/${id}/moves`)).body;
  const withdrawn = { move: 'withdraw', version, reason: '市民撤回' };
  expect((await counter.ask(agent, 'POST', `/v1/tickets/${id}/moves`, withdrawn)).status).toBe(200);
  await counter.db.query('delete from idempotency_keys where key = $1', [key]);
  expect((await add(unit, id, PNG, { key })).body).toEqual(added.body);
  const other = await counter.person(['unit'], { unitCode: 'power' });
  expect((await counter.ask(other, 'GET', `/v1/photos/${added.body.id}`)).body.code).toBe('photo.unknown');
  expect((await counter.ask(other, 'GET', `/v1/tickets/${id}/photos`)).body.code).toBe('ticket.unknown');
  expect((await add(other, id, PNG)).body.code).toBe('ticket.unknown');
});
