import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Counter, openCounter } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

const TICKET = { type: 'HELP', categoryCode: 'leak', content: '家中水管漏水' };
const open = (body: unknown, headers: Record<string, string> = {}) =>
  counter.ask(counter.people.agent, 'POST', '/v1/tickets', body, headers);
const JSON_TYPE = { 'content-type': 'application/json' };

test('a problem is RFC 9457 with a stable code, Chinese first, English beside, and the number of the request', async () => {
  const { status, body, headers } = await open({ ...TICKET, unitCode: 'no-such-unit' });
  expect(status).toBe(422);
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(body).toMatchObject({
    type: '/v1/problems#ticket.unitUnknown',
    title: '没有这个承办单位，请从名册中选择',
    titleEn: 'There is no such handling unit: choose one of the register',
    status: 422,
    code: 'ticket.unitUnknown',
    instance: headers['x-request-id'],
    data: { unit: 'no-such-unit' },
  });
});

test('each wrong field is named, with what was wrong and what would be right, all at once', async () => {
  const { status, body } = await open({
    type: 'WISH',
    content: '',
    confidential: 'yes',
    citizenNumber: 'call me',
    colour: 'red',
  });
  expect(status).toBe(400);
  expect(body.code).toBe('request.invalid');
  const byField = Object.fromEntries(body.errors.map((one: { field: string }) => [one.field, one]));
  expect(byField).toMatchObject({
    'body.type': {
      message: expect.stringContaining('ENQUIRY, HELP'),
      messageEn: expect.stringContaining('must be one of'),
      expected: expect.stringContaining('诉求类型'),
    },
    'body.categoryCode': {
      message: '缺少此项',
      messageEn: 'is missing',
      expected: expect.stringContaining('/v1/categories'),
    },
    'body.content': { message: '太短，至少 1 个字' },
    'body.confidential': { message: '类型不对，应为true 或 false' },
    'body.citizenNumber': { message: '格式不对', expected: expect.stringContaining('例如 13800000000') },
    'body.colour': {
      message: expect.stringContaining('不认识此项'),
      expected: expect.stringContaining('categoryCode'),
    },
  });
  expect(Object.keys(byField)).toHaveLength(6);
  expect(body.detail).toContain('body.colour');
});

test.each([
  ['/v1/calls?limit=abc', 'query.limit', '整数'],
  ['/v1/calls?limit=0', 'query.limit', '最小为 1'],
  ['/v1/calls?limit=1e9', 'query.limit', '200'],
  ['/v1/calls?day=2026-13-01', 'query.day', 'date'],
  ['/v1/calls?agentId=1001', 'query.agentId', 'uuid'],
  ['/v1/calls?outcome=lost', 'query.outcome', 'answeredOnSpot'],
  ['/v1/calls?sort=asc', 'query.sort', '不认识'],
  ['/v1/calls/not-a-uuid', 'params.id', 'uuid'],
  ['/v1/lines/12a45', 'params.number', '格式不对'],
  ["/v1/lines/12345'%20or%201=1", 'params.number', '格式不对'],
  ['/v1/totals?from=2026-11-01', 'query.to', '缺少'],
  ['/v1/totals?from=yesterday&to=2026-11-02', 'query.from', 'date'],
  ['/v1/tickets?overdue=maybe', 'query.overdue', 'true 或 false'],
])('%s: %s', async (url, field, words) => {
  const { status, body } = await counter.ask(counter.people.lead, 'GET', url);
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([{ field, message: expect.stringContaining(words) }]);
});

test.each([
  ['/v1/totals?from=2026-11-02&to=2026-11-01', 'period.invalid'],
  ['/v1/totals?from=2020-01-01&to=2026-11-01', 'period.invalid'],
  ['/v1/calls?after=bm9uc2Vuc2U', 'page.invalid'],
  ['/v1/tickets?after=bm9uc2Vuc2U', 'page.invalid'],
])('%s: %s', async (url, code) => {
  const { status, body } = await counter.ask(counter.people.lead, 'GET', url);
  expect({ status, code: body.code }).toEqual({ status: 400, code });
});

test.each([
  ['{"type": "HELP",', 400, 'request.jsonInvalid'],
  ['', 400, 'request.jsonInvalid'],
  ['null', 400, 'request.invalid'],
  ['[]', 400, 'request.invalid'],
  ['"text"', 400, 'request.invalid'],
  ['{"__proto__": {"admin": true}}', 400, 'request.jsonInvalid'],
])('a body of %s', async (payload, status, code) => {
  const answer = await open(payload, JSON_TYPE);
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
});

test('another media type is refused, whatever it holds', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'multipart/form-data',
  ]) {
    const { status, body } = await open(JSON.stringify(TICKET), { 'content-type': type });
    expect({ status, code: body.code }).toEqual({ status: 415, code: 'request.mediaType' });
  }
});

test('a body of 10 MB is refused with a problem, and the next request is served', async () => {
  const { status, body } = await open({ ...TICKET, content: '水'.repeat(3_500_000) });
  expect({ status, code: body.code }).toEqual({ status: 413, code: 'request.tooLarge' });
  expect((await open(TICKET)).status).toBe(201);
});

test('a stranger’s 10 MB are not read: the session is asked for first', async () => {
  const { status } = await counter.ask(null, 'POST', '/v1/tickets', 'x'.repeat(10_000_000), JSON_TYPE);
  expect(status).toBe(401);
});

test('an address that is not there, a method that is not there', async () => {
  for (const [method, url] of [
    ['GET', '/v1/nothing'],
    ['PUT', '/v1/tickets'],
    ['GET', '/v1/%zz'],
    ['GET', '/.env'],
    ['GET', '/v1/../etc/passwd'],
  ] as const) {
    const { status, body } = await counter.ask(counter.people.admin, method, url);
    expect({ url, status, code: body.code }).toEqual({ url, status: 404, code: 'request.notFound' });
  }
});

test('text that a database cannot keep is no defect of ours', async () => {
  const { status, body } = await open({ ...TICKET, content: 'a\u0000b\ud800c', title: '\u0000' });
  expect(status).toBe(201);
  const { body: ticket } = await counter.ask(counter.people.agent, 'GET', `/v1/tickets/${body.id}`);
  expect(ticket.content).toBe('abc');
});

test('broken HTTP on the wire ends that connection and nothing else', async () => {
  await counter.app.listen({ port: 0, host: '127.0.0.1' });
  const address = counter.app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  for (const bytes of [
    'NONSENSE\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n',
    '\u0000\u0001\u0002',
  ]) {
    const socket = connect(port, '127.0.0.1');
    socket.end(bytes);
    const chunks: string[] = [];
    for await (const chunk of socket) chunks.push(String(chunk));
    expect(chunks.join('').slice(0, 12)).toBe('HTTP/1.1 400');
  }
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});

test('no answer above was a defect', () => {
  expect(counter.log()).not.toContain('"level":"error"');
});

test('where text cannot be mended it is refused, in a body, within data and in a query', async () => {
  const { people } = counter;
  const expected = { status: 400, body: { code: 'request.textUnwritable' } };
  const { body: draft } = await counter.ask(people.operator, 'POST', '/v1/rules/versions', { title: '演练' });
  const said = (title: string) => counter.ask(people.operator, 'POST', '/v1/rules/versions', { title });
  expect(await said('a\u0000b')).toMatchObject(expected);
  for (const stray of ['a\u0000b', 'a\ud83d']) {
    const deep = await counter.ask(people.operator, 'POST', `/v1/rules/versions/${draft.id}/edits`, {
      revision: draft.revision,
      edit: { lines: [{ number: '12369', basis: stray }] },
    });
    expect(deep).toMatchObject(expected);
  }
  expect(await counter.ask(people.operator, 'GET', '/v1/messages?subjectId=a%00b')).toMatchObject(expected);
  const after = await counter.ask(people.operator, 'GET', `/v1/rules/versions/${draft.id}`);
  expect(after.body.version.revision).toBe(draft.revision);
});

test('a body nested without end, an address without end and a number without end are refused, not our defect', async () => {
  const { people } = counter;
  const nested = `{"content":${'['.repeat(60_000)}${']'.repeat(60_000)}}`;
  expect((await open(nested, JSON_TYPE)).status).toBe(400);
  const long = await counter.ask(people.operator, 'GET', `/v1/rules/versions/${'x'.repeat(5_000)}`);
  expect(long).toMatchObject({ status: 404, body: { code: 'request.notFound' } });
  for (const huge of ['2147483648', '9007199254740991']) {
    const listed = await counter.ask(people.operator, 'GET', `/v1/rules/versions?before=${huge}`);
    expect(listed).toMatchObject({ status: 400, body: { errors: [{ field: 'query.before' }] } });
    const edited = await counter.ask(people.operator, 'POST', '/v1/rules/versions/1/edits', {
      revision: Number(huge),
      edit: {},
    });
    expect(edited).toMatchObject({ status: 400 });
    expect(edited.body.detail).toContain('body.revision 太大');
  }
});

test('a moment that no clock shows and a day of no time of ours are refused', async () => {
  const { people } = counter;
  const lead = (url: string) => counter.ask(people.lead, 'GET', url);
  for (const moment of [
    '2026-06-30T23:59:60Z',
    '0001-01-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-11-25',
    '9999-12-31T20:00:00Z',
  ]) {
    const rate = await lead(`/v1/reports/connection-rate?to=${moment}`);
    expect(rate).toMatchObject({ status: 400, body: { errors: [{ field: 'query.to' }] } });
  }
  for (const day of ['0000-01-01', '0001-01-01', '2026-02-30', '10000-01-01']) {
    const report = await lead(`/v1/reports/lines?splitOn=${day}`);
    expect(report).toMatchObject({ status: 400, body: { errors: [{ field: 'query.splitOn' }] } });
  }
  const announced = await counter.ask(people.operator, 'POST', '/v1/announcements', {
    title: '停水',
    text: '停水通知',
    until: '2026-06-30T23:59:60Z',
    draft: true,
  });
  expect(announced).toMatchObject({ status: 400, body: { errors: [{ field: 'body.until' }] } });
  for (const last of ['1900-01-01', '2024-02-29', '9999-12-31']) {
    for (const query of [
      `splitOn=${last}&days=366`,
      `from=${last}&to=${last}`,
      `from=9999-12-01&to=${last}`,
    ]) {
      expect((await lead(`/v1/reports/lines?${query}`)).status).toBeLessThan(500);
    }
    expect((await lead(`/v1/lines/12345/traffic?from=${last}&to=${last}`)).status).toBeLessThan(500);
    expect((await lead(`/v1/totals?from=${last}&to=${last}`)).status).toBeLessThan(500);
    expect((await lead(`/v1/rules/versions/published/totals?day=${last}`)).status).toBeLessThan(500);
  }
});
