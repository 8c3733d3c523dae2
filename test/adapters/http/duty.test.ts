import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter } from './counter.ts';

// Duty lists over the API, and the key that calls who is on call into a talk.

const HOUR = 3_600_000;
let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const at = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString();
const ask = (path: string, body?: object, who = counter.people.operator) =>
  counter.ask(who, body === undefined ? 'GET' : 'POST', path, body);

test('a list of the hotline and one a unit; shifts that overlap or cannot be dialled are refused by name; gaps are found', async () => {
  const centre = await ask('/v1/duty-lists', { code: 'centre', name: '中心应急' });
  expect(centre).toMatchObject({
    status: 201,
    body: { unitCode: null, rule: { mode: 'ladder', rounds: 2 } },
  });
  expect((await ask('/v1/duty-lists', { code: 'centre', name: '再来' })).body.code).toBe('duty.taken');
  const water = { code: 'water', name: '自来水公司值班', unitCode: 'water' };
  expect((await ask('/v1/duty-lists', water)).status).toBe(201);
  expect((await ask('/v1/duty-lists', { ...water, code: 'water2' })).body.code).toBe('duty.taken');
  expect((await ask('/v1/duty-lists', { ...water, code: 'w3', unitCode: 'nowhere' })).body.code).toBe(
    'duty.unitUnknown',
  );

  const shift = (from: number, to: number, number = '138 0000 0001') =>
    ask('/v1/duty-lists/centre/shifts', { from: at(from), to: at(to), ladder: [{ name: '张值班', number }] });
  expect((await shift(2, 5, '110')).body.code).toBe('duty.numberInvalid');
  expect((await shift(5, 2)).body.code).toBe('duty.shiftEmpty');
  const first = await shift(2, 14);
  expect(first).toMatchObject({ status: 201, body: { ladder: [{ name: '张值班', number: '138****0001' }] } });
  expect((await shift(13, 20)).body.code).toBe('duty.overlap');
  expect((await ask('/v1/duty-lists/nowhere/shifts', { from: at(1), to: at(2), ladder: [] })).body.code).toBe(
    'duty.listUnknown',
  );
  const { body, raw } = await ask('/v1/duty-lists');
  expect(raw).not.toContain('13800000001');
  const found = body.lists.find(({ list }: { list: { code: string } }) => list.code === 'centre');
  expect(found.findings.map(({ kind }: { kind: string }) => kind)).toEqual(['gap', 'alone', 'gap']);

  const bridge = { list: 'centre', reason: '化工厂泄漏' };
  const { agent } = counter.people;
  const url = '/v1/agents/me/talk/emergency-bridge';
  expect((await ask(url, bridge, agent)).body.code).toBe('duty.gap');
  expect((await ask(url, { ...bridge, list: 'nowhere' }, agent)).body.code).toBe('duty.listUnknown');
  expect(counter.control.asked).toEqual([]);
  await ask(`/v1/duty-lists/centre/shifts/${first.body.id}/remove`, {});
  expect((await ask(`/v1/duty-lists/centre/shifts/${first.body.id}/remove`, {})).body.code).toBe(
    'duty.shiftUnknown',
  );
  expect((await shift(-1, 8)).status).toBe(201);
  expect((await ask(url, bridge, agent)).status).toBe(200);
  expect(counter.control.asked).toMatchObject([
    {
      kind: 'talk',
      agentId: agent.id,
      wish: {
        kind: 'emergencyBridge',
        list: '中心应急',
        ladder: [{ name: '张值班', number: '13800000001' }],
      },
    },
  ]);
  expect(await counter.services.audit.ofSubject('dutyList', 'centre')).toMatchObject([
    { action: 'call.bridgeOpened', reason: '化工厂泄漏', accountId: agent.id },
  ]);
});
