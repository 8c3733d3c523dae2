import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepTransitionTasks } from '../../../src/app/rules/keep-transition-tasks.ts';
import { type Counter, openCounter } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
  await counter.db.query(`insert into lines (number, name, unit_code, mode, valid_from, valid_to, queue_code, basis)
    values ('12328', '供水热线', 'water', 'TRANSITION', '2020-04-28', '2020-07-28', 'general', 'test')`);
  expect(await keepTransitionTasks(counter.services)()).toMatchObject({ opened: 1 });
});
afterAll(() => counter.close());

const ask = (
  who: 'operator' | 'lead' | 'supervisor' | 'agent',
  method: 'GET' | 'POST',
  url: string,
  body?: object,
) => counter.ask(counter.people[who], method, `/v1/work-items${url}`, body);

test('operators and leads see what is to be done, in words, and close it with a reason', async () => {
  const { body, raw } = await ask('lead', 'GET', '?state=open&number=12328');
  expect(body.items, raw).toMatchObject([
    {
      kind: 'transitionEnd',
      unit: { code: 'water', name: '县自来水公司' },
      dueDay: '2020-07-29',
      words: { zh: expect.stringContaining('届满'), en: expect.stringContaining('ended') },
      state: 'open',
      closed: null,
    },
  ]);
  const { id } = body.items[0];
  expect((await ask('operator', 'POST', `/${id}/finish`, {})).status).toBe(400);
  expect((await ask('supervisor', 'POST', `/${id}/finish`, { reason: '已经通知' })).body.code).toBe(
    'access.denied',
  );
  const done = await ask('operator', 'POST', `/${id}/dismiss`, { reason: '号码已由运营商注销' });
  expect(done.body).toMatchObject({
    state: 'dismissed',
    closed: { by: '王小明', reason: '号码已由运营商注销' },
  });
  expect((await ask('lead', 'POST', `/${id}/finish`, { reason: '已经通知' })).body).toMatchObject({
    code: 'workItem.notOpen',
    data: { state: 'dismissed' },
  });
  expect((await ask('lead', 'POST', `/${randomUUID()}/finish`, { reason: '已经通知' })).body.code).toBe(
    'workItem.unknown',
  );
  expect((await ask('agent', 'GET', '')).status).toBe(403);
  expect((await ask('lead', 'GET', '?state=open')).body.items).toEqual([]);
});
