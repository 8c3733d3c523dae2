import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { factWriter } from '../../../src/adapters/pg/facts.ts';
import { foundRules } from '../../../src/app/rules/found-rules.ts';
import { rules } from '../../../src/runtime/command-rules.ts';
import { type Counter, openCounter, PASSWORD, type Person } from './counter.ts';

// The page for whoever has to find out why a call was taken for the wrong number.

let counter: Counter;
let operator: Person;
let second: Person;
beforeAll(async () => {
  counter = await openCounter({ trunkCodes: ['telecom'] });
  operator = counter.people.operator;
  second = await counter.person(['operator']);
  await foundRules(counter.services);
});
afterAll(() => counter.close());

const get = (path: string, who = operator) => counter.ask(who, 'GET', `/v1${path}`);

/** A call's facts as call control would have told them. */
async function call(trunk: string, headers: Readonly<Record<string, unknown>>, atMs = Date.now()) {
  const callId = randomUUID();
  const refused = (told: { readonly reason: string }) => expect.fail(told.reason);
  await factWriter(counter.db, refused).writeFacts([
    {
      id: randomUUID(),
      atMs,
      callId,
      seq: 1,
      type: 'callArrived',
      trunk,
      dialled: '12345',
      callerNumber: '13800138000',
      headers: { to: '', diversion: [], historyInfo: [], pAssertedIdentity: '', ...headers } as never,
      recording: '',
    },
    {
      id: randomUUID(),
      atMs,
      callId,
      seq: 2,
      type: 'callRecognised',
      line: '12345',
      mode: 'MAIN',
      method: 'requestUri',
      confidence: 'certain',
      reason: '拨打主号码；转移来源 051388886666 均未登记',
      configurationVersion: 7,
    },
  ]);
  return callId;
}

test('raw headers as they came, what was made of them, and what each method says; strangers masked, ours not', async () => {
  const id = await call('carrier', {
    to: '<sip:12345@centre>',
    diversion: [
      '"Water, Ltd" <sip:13900139000@x>;reason=no-answer, <sip:+8651312369@x>',
      '<sip:051388886666@x>',
    ],
    historyInfo: ['<sip:12345@x>;index=1'],
    pAssertedIdentity: '<sip:13800138000@x>',
    rdnis: '13900139000',
    from: '"Zhang" <sip:13800138000@x>',
  });
  const { status, body } = await get('/trunks/carrier/calls?limit=1');
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.calls).toEqual([
    {
      id,
      arrivedAt: expect.any(String),
      dialled: '12345',
      callerNumber: '138****8000',
      result: null,
      headers: {
        to: '<sip:12345@centre>',
        from: '"Zhang" <sip:138****8000@x>',
        pAssertedIdentity: '<sip:138****8000@x>',
        diversion: [
          '"Water, Ltd" <sip:139****9000@x>;reason=no-answer, <sip:+8651312369@x>',
          expect.stringMatching(/^<sip:051\*{4}6666@x>$/),
        ],
        historyInfo: ['<sip:12345@x>;index=1'],
        rdnis: '139****9000',
      },
      recognised: {
        line: '12345',
        method: 'requestUri',
        confidence: 'certain',
        reason: expect.stringMatching(/^拨打主号码；转移来源 051\*{4}6666 均未登记$/),
        configurationVersion: 7,
      },
      now: { line: '12369', method: 'diversion', confidence: 'certain' },
      methods: expect.arrayContaining([
        {
          method: 'diversion',
          name: 'Diversion',
          asked: true,
          says: 'line',
          line: '12369',
          confidence: 'certain',
          reason: 'Diversion 表明由 12369 转移而来',
        },
        expect.objectContaining({ method: 'historyInfo', says: 'silent', line: null, confidence: null }),
      ]),
    },
  ]);
  expect(body.calls[0].methods).toHaveLength(7);
  expect(JSON.stringify(body)).not.toMatch(/1[389]00013[89]000/);
});

test('newest first, as many as asked for; a trunk that nobody entered is there when it brought a call', async () => {
  const now = Date.now();
  const older = await call('mobile', { diversion: ['<sip:12369@x>'] }, now - 60_000);
  const newer = await call('mobile', {}, now - 30_000);
  const { body } = await get('/trunks/mobile/calls');
  expect(body.calls.map((one: { id: string }) => one.id)).toEqual([newer, older]);
  expect(body.calls[1].methods).toContainEqual(
    expect.objectContaining({
      method: 'diversion',
      says: 'ignored',
      reason: expect.stringContaining('未登记'),
    }),
  );
  expect((await get('/trunks/mobile/calls?limit=1')).body.calls).toHaveLength(1);
  const { body: listed } = await get('/trunks');
  expect(listed.trunks).toMatchObject([
    { code: 'carrier', profile: { methods: expect.arrayContaining(['did', 'to']) } },
    { code: 'mobile', profile: null, lastCallAt: new Date(now - 30_000).toISOString() },
  ]);
});

test('for operators and leads; a trunk that is none says so, and bad questions are told what is right', async () => {
  expect((await get('/trunks/carrier/calls', counter.people.lead)).status).toBe(200);
  expect((await get('/trunks/carrier/calls', counter.people.agent)).status).toBe(403);
  expect((await get('/trunks/carrier/calls', counter.people.admin)).status).toBe(403);
  expect((await get('/trunks', counter.people.agent)).status).toBe(403);
  expect(await get('/trunks/nowhere/calls')).toMatchObject({ status: 404, body: { code: 'trunk.unknown' } });
  expect((await get('/trunks/carrier/calls?limit=0')).status).toBe(400);
  expect((await get('/trunks/NO%20TRUNK/calls')).status).toBe(400);
});

test('from a terminal: a trunk is changed in a draft, looked at by a second person, and in force', async () => {
  const api = await counter.app.listen({ host: '127.0.0.1', port: 0 });
  process.env.YIHAOTONG_PASSWORD = PASSWORD;
  const say = async (who: Person, ...words: string[]): Promise<string> => {
    const printed: string[] = [];
    await rules([...words, '--api', api, '--user', who.username], (text) => printed.push(text));
    return printed.join('\n');
  };
  try {
    const [, number = ''] = /第 (\d+) 版/.exec(await say(operator, 'draft', '移动中继')) ?? [];
    await say(
      operator,
      'trunk-set',
      number,
      'mobile',
      ...['name=移动', 'methods=did,requestUri,to', 'trusts=', 'dids=80001234:12369'],
    );
    expect(await say(operator, 'diff', number)).toContain('新增中继 mobile：移动');
    expect(await say(operator, 'lint', number)).not.toContain('error');
    expect(await say(operator, 'publish', number, '--reason', '移动中继开通')).toContain('待复核');
    await say(second, 'approve', number, '--reason', '已与运营商核实');
    expect(await say(operator, 'trunks')).toMatch(
      /mobile {2}移动[\s\S]*methods=did,requestUri,to[\s\S]*dids=80001234:12369/,
    );
    expect(await say(operator, 'trunk', 'mobile', '--limit', '2')).toMatch(
      /138\*{4}8000 -> 12345[\s\S]*diversion: <sip:12369@x>[\s\S]*（不问）Diversion: 不采信/,
    );
    const body = { dialled: '80001234', trunk: 'mobile' };
    const tried = await counter.ask(operator, 'POST', '/v1/rules/versions/published/try', body);
    expect(tried.body).toMatchObject({ line: '12369' });
    await expect(say(operator, 'trunk-set', number, 'mobile', 'dids=1')).rejects.toMatchObject({
      code: 'rules.field',
    });
    await expect(say(operator, 'trunk')).rejects.toMatchObject({ code: 'rules.missing' });
  } finally {
    delete process.env.YIHAOTONG_PASSWORD;
  }
});

test('a trunk of the rules that the switch does not have is found, and holds up no publication', async () => {
  const { body } = await get('/rules/versions/published/findings');
  const missing = body.findings.filter((one: { code: string }) => one.code === 'trunk.notAtSwitch');
  expect(missing[0]).toMatchObject({ severity: 'warning', place: { thing: 'trunk', key: 'carrier' } });
  expect(missing.map(({ severity }: { severity: string }) => severity)).not.toContain('error');
});
