import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isHotlineOnly } from '../../../src/adapters/http/hotline-only.ts';
import {
  type Access,
  mayUse,
  type OperationId,
  POLICY,
  POLICY_TABLES,
} from '../../../src/adapters/http/policy.ts';
import { isProblemCode, PROBLEM_TABLES, PROBLEMS } from '../../../src/adapters/http/problems/index.ts';
import { ROLES } from '../../../src/app/ports/accounts.ts';
import { COMMAND_REFUSALS } from '../../../src/app/ports/command-reply.ts';
import { type Counter, openCounter } from './counter.ts';

// What must hold for every operation alike: schema, description, policy, problem document.

interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody: object | undefined;
  readonly responses: Readonly<Record<string, object>>;
}

let counter: Counter;
let operations: Operation[];
let description: Record<string, unknown>;
beforeAll(async () => {
  counter = await openCounter();
  description = (await counter.ask(null, 'GET', '/openapi.json')).body;
  const paths = description.paths as Record<string, Record<string, Omit<Operation, 'method' | 'path'>>>;
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, rest]) => ({
      ...rest,
      path,
      method: method.toUpperCase() as Operation['method'],
      parameters: rest.parameters ?? [],
    })),
  );
});
afterAll(() => counter.close());

const HIDDEN = ['readConsole', 'readConsoleFile', 'readApiDescription'];

test('the description is OpenAPI 3.1 and names every operation of the policy, no more and no less', () => {
  expect(description.openapi).toBe('3.1.0');
  const described = operations.map((one) => one.operationId);
  expect(new Set(described).size).toBe(described.length);
  expect([...described, ...HIDDEN].sort()).toEqual(Object.keys(POLICY).sort());
});

test('an operation has its rule in one area and in no other, so that none hides another’s', () => {
  const named = POLICY_TABLES.flatMap((table) => Object.keys(table));
  expect(named.toSorted()).toEqual(Object.keys(POLICY).toSorted());
});

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

test.each(METHODS)(
  'every %s route is in the description, and so has its rule; what is hidden is listed here',
  (method) => {
    const routed = counter.app
      .printRoutes({ commonPrefix: false, method })
      .split('\n')
      .filter((line) => line.includes(`(${method}`));
    const described = operations.filter((one) => one.method === method).length;
    expect(routed.length).toBe(described + (method === 'GET' ? HIDDEN.length : 0));
  },
);

test('no operation has a method but those that are counted', () => {
  expect(operations.filter(({ method }) => !METHODS.includes(method))).toEqual([]);
});

test('every operation has words, a tag, its parameters, and answers for good and for bad', () => {
  for (const one of operations) {
    expect(one, one.operationId).toMatchObject({
      operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/),
      tags: [expect.any(String)],
      summary: expect.stringMatching(/[\u4e00-\u9fff]/),
      responses: { '4XX': expect.anything(), '5XX': expect.anything() },
    });
    const good = Object.keys(one.responses).filter((status) => /^[12]\d\d$/.test(status));
    expect(good.length, one.operationId).toBeGreaterThan(0);
    const named = [...one.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(
      one.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name),
    ).toEqual(named);
  }
});

test('a body and a query are exact: an unknown field is refused, not swallowed', () => {
  for (const one of operations.filter((each) => each.requestBody !== undefined)) {
    expect(JSON.stringify(one.requestBody), one.operationId).toContain('"additionalProperties":false');
  }
});

/** As if for a thing that does not exist. */
const addressOf = ({ path }: Operation): string =>
  path.replace('{number}', '99999').replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
/** No JSON at all: to whoever may not ask it makes no difference what he says. */
const GARBAGE = '{"role":';
const AS_JSON = { 'content-type': 'application/json' };

test('every operation for every role: allowed exactly as the policy says, and nobody without a session', async () => {
  const wrong: string[] = [];
  for (const one of operations) {
    const access = POLICY[one.operationId as keyof typeof POLICY];
    const url = addressOf(one);
    const asked = async (role: (typeof ROLES)[number] | null, may: boolean): Promise<string | null> => {
      const person = role === null ? null : counter.people[role];
      // Ending the session of a shared person would spoil the rest.
      const who = one.operationId === 'closeSession' && role !== null ? await counter.person([role]) : person;
      // A refusal comes before the body is looked at.
      const [said, headers] = may ? [one.requestBody ? {} : undefined, {}] : [GARBAGE, AS_JSON];
      const sent = one.method === 'GET' ? undefined : said;
      const { status, body } = await counter.ask(
        who,
        one.method,
        url,
        sent,
        sent === undefined ? {} : headers,
      );
      if (status >= 500 && status !== 503) wrong.push(`${one.operationId} as ${role}: ${status}`);
      return body?.code ?? null;
    };
    const stranger = await asked(null, access === 'public');
    if ((access === 'public') !== (stranger !== 'session.missing'))
      wrong.push(`${one.operationId} without session: ${stranger}`);
    for (const role of ROLES) {
      const may = mayUse(access, [role]);
      const code = await asked(role, may);
      if (may === (code === 'access.denied')) wrong.push(`${one.operationId} as ${role}: ${code}`);
    }
  }
  expect(wrong).toEqual([]);
  // Thousands of requests: a machine that has other things to do needs its time.
}, 600_000);

test('whoever belongs to a unit is kept from what is the hotline’s, whatever roles he has beside, before he is listened to', async () => {
  const insider = await counter.person(
    ROLES.filter((role) => role !== 'vendorLead'),
    { unitCode: 'water' },
  );
  const kept = operations.filter((one) => isHotlineOnly(one.operationId as OperationId));
  expect(kept.length).toBeGreaterThan(20);
  for (const one of kept) {
    const body = one.method === 'GET' ? undefined : GARBAGE;
    const { body: said } = await counter.ask(insider, one.method, addressOf(one), body, body ? AS_JSON : {});
    expect({ operation: one.operationId, code: said.code }).toEqual({
      operation: one.operationId,
      code: 'access.ofUnit',
    });
  }
});

/** Shown for a reason that is on record, or to who writes it down: the only answers with a name or a number in full. */
const UNMASKED = [
  ...['revealCaller', 'revealCitizen', 'viewCitizen', 'revealSubscribers', 'revealCallDraft'],
  // What he types himself while the citizen tells it to him.
  ...['readCallDraft', 'saveCallDraft'],
];

test('what carries a citizen is marked in its shape, and so masked as it leaves; what is shown for a reason is listed', () => {
  const unmarked = (shape: unknown, path: string): string[] => {
    if (typeof shape !== 'object' || shape === null) return [];
    const { properties, items, anyOf } = shape as Record<string, Record<string, unknown> & unknown[]>;
    const own = Object.entries(properties ?? {}).flatMap(([name, one]) => {
      const carries = /^(citizen|caller)(Name|Number)$/.test(name);
      const marked = typeof one === 'object' && one !== null && 'x-personal' in one;
      return [...(carries && !marked ? [`${path}.${name}`] : []), ...unmarked(one, `${path}.${name}`)];
    });
    const branches = Array.isArray(anyOf) ? anyOf.flatMap((one) => unmarked(one, path)) : [];
    return [...own, ...branches, ...(items === undefined ? [] : unmarked(items, `${path}[]`))];
  };
  const found = operations.flatMap(({ operationId, responses }) =>
    Object.entries(responses).flatMap(([status, response]) => {
      const { content } = response as { content?: Record<string, { schema?: object }> };
      const shape = content?.['application/json']?.schema;
      return shape === undefined || UNMASKED.includes(operationId)
        ? []
        : unmarked(shape, `${operationId} ${status}`);
    }),
  );
  expect(found).toEqual([]);
});

test('a leader reads figures and matters, gives instructions and signs circulars; nothing that he may ask for shows who a citizen is', () => {
  const may = (Object.keys(POLICY) as (keyof typeof POLICY)[]).filter((operation) => {
    const access: Access = POLICY[operation];
    return Array.isArray(access) && mayUse(access, ['leader']);
  });
  expect(may.filter((operation) => !/^(list|read|report|count)/.test(operation))).toEqual([
    'giveInstruction',
    'moveInstruction',
    'draftCaseReport',
    // He signs.
    'moveCircular',
  ]);
  // What is not masked as it leaves: plain numbers, voices, the exact text of a time line, papers.
  const plain = [
    ...UNMASKED,
    'exportTimeLine',
    'printDocument',
    'playRecording',
    'readRecordings',
    'listCalls',
  ];
  expect(may.filter((operation) => plain.includes(operation))).toEqual([]);
});

test('every problem has a status, a Chinese and an English title, and a code that is topic.word', () => {
  for (const [code, { status, zh, en }] of Object.entries(PROBLEMS)) {
    expect(code).toMatch(/^[a-z][A-Za-z]+\.[a-zA-Z]+$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[\x20-\x7e]+$/);
  }
});

test('every refusal that the application or call control can give is in the table', () => {
  const app = join(import.meta.dirname, '../../../src/app');
  const codes = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...readFileSync(join(app, name), 'utf8').matchAll(/new AppError\(\s*'([\w.]+)'/g)])
    .map(([, code]) => code ?? '');
  expect(codes.length).toBeGreaterThan(20);
  expect([...new Set([...codes, ...COMMAND_REFUSALS])].filter((code) => !isProblemCode(code))).toEqual([]);
});

test('a code stands in one table only: the later of two would silently take the place of the first', () => {
  const codes = PROBLEM_TABLES.flatMap((table) => Object.keys(table));
  expect(codes.length).toBeGreaterThan(400);
  expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
});

test('the table of problems can be read by who integrates', async () => {
  const { body } = await counter.ask(null, 'GET', '/v1/problems');
  expect(body.problems).toHaveLength(Object.keys(PROBLEMS).length);
});

test('security headers and a request id on every answer, also on a refusal', async () => {
  for (const url of ['/', '/v1/agents', '/nowhere', '/healthz']) {
    const { headers } = await counter.ask(null, 'GET', url);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  }
});

test('the page at / is Chinese and leads to the description', async () => {
  const { status, headers, raw } = await counter.ask(null, 'GET', '/');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(raw).toContain('lang="zh-CN"');
  expect(raw).toContain('href="/openapi.json"');
});
