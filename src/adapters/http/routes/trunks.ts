import { Type } from '@fastify/type-provider-typebox';
import { listTrunks, type TrunkCallRead, trunkCalls } from '../../../app/rules/trunk-calls.ts';
import { normaliseNumber } from '../../../domain/hotlines/number.ts';
import { METHOD_NAMES } from '../../../domain/hotlines/trunk.ts';
import { maskedNumber, maskedRuns } from '../../../domain/privacy/masked.ts';
import { MaskedNumber } from '../masking.ts';
import type { Api } from '../server.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly, Instant, nullable, oneOf, PageQuery } from '../shapes/elements.ts';
import { pageShape } from '../shapes/paging.ts';
import { TrunkCode, TrunkShape } from '../shapes/rules.ts';

const CONFIDENCES = ['certain', 'likely', 'guess'] as const;
const RawHeader = Type.String({ description: '信令头域原文；非登记号码已隐去中间数字' });
const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const CallShape = exactly({
  id: Type.String(),
  arrivedAt: Instant,
  dialled: Type.String(),
  callerNumber: MaskedNumber,
  result: nullable(Type.String()),
  headers: exactly({
    to: RawHeader,
    from: RawHeader,
    pAssertedIdentity: RawHeader,
    diversion: Type.Array(RawHeader),
    historyInfo: Type.Array(RawHeader),
    rdnis: RawHeader,
  }),
  recognised: Type.Union(
    [
      exactly({
        line: nullable(Type.String()),
        method: Type.String(),
        confidence: oneOf(CONFIDENCES),
        reason: Type.String(),
        configurationVersion: Type.Integer(),
      }),
      Type.Null(),
    ],
    { description: '来电时的识别结果' },
  ),
  now: exactly(
    { line: nullable(Type.String()), method: Type.String(), confidence: oneOf(CONFIDENCES) },
    { description: '按现行规则的识别结果' },
  ),
  methods: Type.Array(
    exactly({
      method: Type.String(),
      name: Type.String(),
      asked: Type.Boolean({ description: '在该中继的识别顺序之内' }),
      says: oneOf(['line', 'silent', 'ignored'], { description: '识别出号码、无、不予采信' }),
      line: nullable(Type.String()),
      confidence: nullable(oneOf(CONFIDENCES)),
      reason: Type.String(),
    }),
    { description: '每种方法各自的说法，按该中继的顺序' },
  ),
});

/** What carriers write, for those who have to find out why a call was taken for the wrong number. */
export function trunkRoutes(app: Api, services: ApiServices): void {
  app.get(
    '/trunks',
    {
      schema: {
        operationId: 'listTrunks',
        tags: ['rules'],
        summary: '中继：现行规则所登记的，以及有来电而未登记的',
        response: answers({
          200: exactly({
            trunks: Type.Array(
              exactly({
                code: Type.String(),
                profile: Type.Union([TrunkShape, Type.Null()]),
                lastCallAt: nullable(Instant),
              }),
            ),
          }),
        }),
      },
    },
    async () => ({
      trunks: (await listTrunks(services)()).map(({ code, profile, lastCallMs }) => ({
        code,
        profile,
        lastCallAt: isoOrNull(lastCallMs),
      })),
    }),
  );

  app.get(
    '/trunks/:trunk/calls',
    {
      schema: {
        operationId: 'listTrunkCalls',
        tags: ['rules'],
        summary: '某中继最近的来电：原始头域、识别结果，以及每种方法各自的说法',
        params: exactly({ trunk: TrunkCode }),
        querystring: exactly({
          ...PageQuery,
          limit: Type.Integer({ minimum: 1, maximum: 200, default: 20, description: '每页条数' }),
        }),
        response: answers({ 200: pageShape('calls', CallShape) }),
      },
    },
    async (request) => {
      const { trunk } = request.params;
      const { calls, next, isPublic, areaCode } = await trunkCalls(services)(trunk, request.query);
      // Numbers of ours are no secret, and the very thing that is looked for.
      const mask = (text: string): string =>
        maskedRuns(text, (digits) => isPublic(normaliseNumber(digits, areaCode)));
      return { calls: calls.map((one) => callSeen(one, mask)), next };
    },
  );
}

function callSeen({ call, now, methods }: TrunkCallRead, mask: (text: string) => string) {
  const { headers, recognised } = call;
  return {
    id: call.id,
    arrivedAt: new Date(call.atMs).toISOString(),
    dialled: call.dialled,
    callerNumber: maskedNumber(call.callerNumber),
    result: call.result,
    headers: {
      to: mask(headers.to),
      from: mask(headers.from),
      pAssertedIdentity: mask(headers.pAssertedIdentity),
      diversion: headers.diversion.map(mask),
      historyInfo: headers.historyInfo.map(mask),
      rdnis: mask(headers.rdnis ?? ''),
    },
    recognised:
      recognised === null
        ? null
        : {
            line: recognised.line,
            method: recognised.method,
            confidence: recognised.confidence,
            reason: mask(recognised.reason),
            configurationVersion: recognised.configurationVersion,
          },
    now,
    methods: methods.map((said) => ({
      method: said.method,
      name: METHOD_NAMES[said.method],
      asked: said.asked,
      says: said.kind,
      line: said.kind === 'line' ? said.line.number : null,
      confidence: said.kind === 'line' ? said.confidence : null,
      reason: mask(said.reason),
    })),
  };
}
