import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callableNumber } from '../../../src/domain/callbacks/callable.ts';
import {
  decideClaim,
  MISSED_CALL_STATES,
  missedYouText,
  storedMissedCallRules,
} from '../../../src/domain/callbacks/missed/missed-call.ts';
import {
  DEFAULT_OUTBOUND_RULES,
  judgeOutbound,
  type OutboundSituation,
  outboundFaults,
  storedOutboundRules,
} from '../../../src/domain/callbacks/outbound-rules.ts';
import { OUTBOUND_PURPOSES } from '../../../src/domain/callbacks/purposes.ts';
import { isReliefTooLong, RELIEF_AT_MOST_MS, rulesAt } from '../../../src/domain/callbacks/relief.ts';

const OWN: ReadonlySet<string> = new Set(['12345', '12369', '051384110001']);
const isOwn = (number: string): boolean => OWN.has(number);
const by = { areaCode: '0513', isOwn };

test.each([
  ['13800138000', '13800138000'],
  ['+86 138-0013-8000', '13800138000'],
  ['84112233', '051384112233'],
  ['051384112233', '051384112233'],
  ['02512345678', 'service'],
  ['02584112233', '02584112233'],
  ['', 'withheld'],
  ['anonymous', 'withheld'],
  ['0000', 'withheld'],
  ['110', 'emergency'],
  ['0513120', 'emergency'],
  ['12345', 'own'],
  ['84110001', 'own'],
  ['10086', 'service'],
  ['4008001234', 'service'],
  ['95588', 'service'],
  ['0044 20 7946 0000', 'foreign'],
  ['13800138000&PJSIP/x', 'invalid'],
])('%s is %s', (raw, expected) => {
  const found = callableNumber(raw, by);
  expect(found.kind === 'callable' ? found.number : found.why).toBe(expected);
});

test('nothing but digits comes out, whatever goes in, and never a number of ours or an emergency number', () => {
  const piece = fc.constantFrom(
    '1',
    '3',
    '8',
    '0',
    '+',
    '86',
    '0513',
    '&',
    '@',
    ' ',
    '-',
    'sip:',
    '110',
    '12345',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), fc.boolean(), (pieces, foreign) => {
      const found = callableNumber(pieces.join(''), { ...by, foreign });
      if (found.kind !== 'callable') return;
      expect(found.number).toMatch(/^\d{7,17}$/);
      expect(isOwn(found.number)).toBe(false);
      expect(foreign || !found.number.startsWith('00')).toBe(true);
    }),
  );
});

const DAY: OutboundSituation = {
  nowMs: Date.parse('2026-11-25T12:00:00+08:00'),
  zone: 'Asia/Shanghai',
  areaCode: '0513',
  mainNumber: '12345',
  isOwn,
  placed: { inAll: 0, byAgent: 0, toNumber: 0 },
};
const NIGHT = { ...DAY, nowMs: Date.parse('2026-11-25T23:00:00+08:00') };
const RULES = DEFAULT_OUTBOUND_RULES;
const ask = { purpose: 'ticket', number: '13800138000', agentId: 'agent1' } as const;

test('who is called sees the main number, or the line that the purpose has', () => {
  expect(judgeOutbound(ask, RULES, DAY)).toMatchObject({
    kind: 'granted',
    callerId: '12345',
    trunk: 'carrier',
  });
  const own = { ...RULES, callerIds: { ...RULES.callerIds, ticket: '12369' } };
  expect(judgeOutbound(ask, own, DAY)).toMatchObject({ callerId: '12369' });
});

test('a number that is not in the register is never shown, also when a rule says so', () => {
  const spoofed = { ...RULES, callerIds: { ...RULES.callerIds, ticket: '110' } };
  expect(judgeOutbound(ask, spoofed, DAY)).toMatchObject({ callerId: '12345' });
  expect(outboundFaults(spoofed, { isOwn, trunks: ['carrier'] })).toEqual([
    { at: 'callerIds.ticket', fault: 'notRegistered' },
  ]);
  expect(outboundFaults({ ...RULES, trunk: 'none' }, { isOwn, trunks: ['carrier'] })).toEqual([
    { at: 'trunk', fault: 'unknownTrunk' },
  ]);
});

test.each(OUTBOUND_PURPOSES)(
  'at night %s waits for the morning, unless somebody waits for the call',
  (purpose) => {
    const found = judgeOutbound({ ...ask, purpose }, RULES, NIGHT);
    if (purpose === 'queueCallback' || purpose === 'urgentNotice') expect(found.kind).toBe('granted');
    else expect(found).toEqual({ kind: 'refused', code: 'outbound.quietHours' });
  },
);

test.each([
  ['inAll', RULES.perHour, 'outbound.tooMany'],
  ['byAgent', RULES.perAgentHour, 'outbound.tooManyByAgent'],
  ['toNumber', RULES.perNumberHour, 'outbound.tooManyToNumber'],
] as const)('no more than so many an hour: %s', (which, cap, code) => {
  const with_ = (count: number) => ({ ...DAY, placed: { ...DAY.placed, [which]: count } });
  expect(judgeOutbound(ask, RULES, with_(cap - 1)).kind).toBe('granted');
  expect(judgeOutbound(ask, RULES, with_(cap))).toEqual({ kind: 'refused', code });
});

test('abroad only where a rule allows it', () => {
  const abroad = { ...ask, number: '0085228765432' };
  expect(judgeOutbound(abroad, RULES, DAY)).toEqual({ kind: 'refused', code: 'outbound.numberForeign' });
  expect(judgeOutbound(abroad, { ...RULES, international: true }, DAY)).toMatchObject({
    number: '0085228765432',
  });
});

test('rules of an earlier release get what they did not know', () => {
  const direct = { desk: '120', name: '急救', number: '051384120120' };
  const before = RULES.emergencyDesks.filter(({ desk }) => desk === '110' || desk === '119');
  expect(storedOutboundRules({ emergencyDesks: [...before, direct] }).emergencyDesks).toEqual([
    ...before,
    direct,
    { desk: '122', name: '交警', number: '122' },
  ]);
  expect(storedOutboundRules(undefined)).toEqual(RULES);
  expect(storedOutboundRules({ perHour: 5, callerIds: { ticket: '12369' } })).toEqual({
    ...RULES,
    perHour: 5,
    callerIds: { ...RULES.callerIds, ticket: '12369' },
  });
  expect(storedMissedCallRules({ perHour: 3 })).toMatchObject({ perHour: 3, message: true });
});

test('a missed call is one person’s at a time, within the quota, and asking twice is asking once', () => {
  const now = { accountId: 'a', nowMs: 1000, claimedInHour: 0, perHour: 2 };
  const open = { state: 'open', claimedBy: null, claimedUntilMs: null } as const;
  const held = { state: 'claimed', claimedBy: 'a', claimedUntilMs: 2000 } as const;
  expect(decideClaim(open, now)).toEqual({ kind: 'claim' });
  expect(decideClaim(open, { ...now, claimedInHour: 2 })).toMatchObject({ code: 'missedCall.quotaUsed' });
  expect(decideClaim(held, { ...now, claimedInHour: 2 })).toEqual({ kind: 'held' });
  expect(decideClaim(held, { ...now, accountId: 'b' })).toMatchObject({ code: 'missedCall.taken' });
  expect(decideClaim(held, { ...now, accountId: 'b', nowMs: 2000 })).toEqual({ kind: 'claim' });
  for (const state of MISSED_CALL_STATES) {
    if (state === 'done' || state === 'obsolete') {
      expect(decideClaim({ ...open, state }, now)).toMatchObject({ code: 'missedCall.over' });
    }
  }
});

test('the message says who writes and what follows', () => {
  expect(missedYouText({ municipality: '如东县', mainNumber: '12345' })).toMatch(
    /^【如东县12345】.*再次拨打12345。$/,
  );
});

test('a relief ends by itself: whoever asked for it and was killed leaves the quiet hours as they were', () => {
  const rules = { ...DEFAULT_OUTBOUND_RULES, relief: { untilMs: 1_000, perNumberHour: 60 } };
  expect(rulesAt(rules, 999)).toMatchObject({
    quietHours: { fromMinute: 0, toMinute: 0 },
    perNumberHour: 60,
  });
  expect(rulesAt(rules, 1_000)).toBe(rules);
  expect(rulesAt(DEFAULT_OUTBOUND_RULES, 0)).toBe(DEFAULT_OUTBOUND_RULES);
  expect(isReliefTooLong(rules.relief, 1_000 - RELIEF_AT_MOST_MS - 1)).toBe(true);
  expect(isReliefTooLong(rules.relief, 2_000)).toBe(false);
  expect(storedOutboundRules({ perHour: 5 }).relief).toBeNull();
});
