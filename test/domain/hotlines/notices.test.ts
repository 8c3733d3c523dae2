import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  announcementPrompt,
  offerPrompt,
  offerText,
  WITHHELD_PROMPT,
} from '../../../src/domain/announcements/announcement.ts';
import type { Configuration } from '../../../src/domain/hotlines/configuration.ts';
import { explainCall } from '../../../src/domain/hotlines/explain-call.ts';
import { callerOf } from '../../../src/domain/hotlines/notices.ts';
import { planCall } from '../../../src/domain/hotlines/plan-call.ts';
import type { CarrierCall } from '../../../src/domain/hotlines/recognise.ts';
import { configurationOf } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { PROMPTS } from '../../../src/domain/ivr/prompts.ts';
import type { Restriction } from '../../../src/domain/restrictions/restriction.ts';
import { AREA, announcement, HOUR, T0 } from '../announcements/incidents.ts';
import { AGENTS, moment, RULES } from './rule-sets.ts';

const NUISANCE = '13800138000';
const block: Restriction = {
  id: 'r1',
  number: NUISANCE,
  step: 'block',
  callsPerHour: null,
  fromMs: T0,
  untilMs: T0 + HOUR,
  note: '多次辱骂话务员',
};
const rules: Configuration = configurationOf(RULES, { version: 1, publishedAt: '' }, AGENTS);
const call = (change: Partial<CarrierCall> & { diversion?: readonly string[] } = {}): CarrierCall => {
  const { diversion = [], ...more } = change;
  return {
    dialled: '12345',
    callerNumber: NUISANCE,
    headers: { to: '', diversion, historyInfo: [] },
    ...more,
  };
};

describe('announcements in a call’s plan', () => {
  const aimed = announcement({ lines: ['12319'], area: AREA });
  const town = { ...rules, announcements: [aimed] };
  const heard = (incoming: CarrierCall, now = T0) => planCall(town, incoming, moment(now)).announcements;

  test.each([
    [
      'the aimed line and area, however both are spelled',
      { dialled: '+8651312319', callerNumber: '84110001' },
      true,
    ],
    ['another line', { dialled: '12345', callerNumber: '84110001' }, false],
    ['another area', { dialled: '12319', callerNumber: '025-84110001' }, false],
    ['a mobile', { dialled: '12319' }, false],
    [
      'forwarded to the main number from the aimed line',
      { callerNumber: '84110001', diversion: ['<sip:12319@carrier>'] },
      true,
    ],
  ] as const)('%s', (_what, change, isHeard) => {
    expect(heard(call(change))).toEqual(
      isHeard
        ? [{ id: 'a1', prompts: [announcementPrompt('a1'), offerPrompt('a1')], subscribeKey: '1' }]
        : [],
    );
  });

  test('over at its end, though the configuration still has it', () => {
    const incoming = call({ dialled: '12319', callerNumber: '84110001' });
    expect(heard(incoming, aimed.untilMs - 1)).toHaveLength(1);
    expect(heard(incoming, aimed.untilMs)).toEqual([]);
  });

  test('a withheld number hears that nothing can be sent to it, and has no key', () => {
    const everywhere = { ...rules, announcements: [announcement()] };
    for (const withheld of ['anonymous', '', '0000']) {
      expect(planCall(everywhere, call({ callerNumber: withheld }), moment(T0)).announcements).toEqual([
        { id: 'a1', prompts: [announcementPrompt('a1'), WITHHELD_PROMPT], subscribeKey: null },
      ]);
    }
    const silent = { ...rules, announcements: [announcement({ offerKey: null })] };
    expect(planCall(silent, call({ callerNumber: '' }), moment(T0)).announcements).toEqual([
      { id: 'a1', prompts: [announcementPrompt('a1')], subscribeKey: null },
    ]);
    expect(PROMPTS[WITHHELD_PROMPT]).toContain('未显示号码');
    expect(offerText('1')).toContain('请按1');
  });

  test.each([
    ['from 110', { callerNumber: '110' }],
    ['to 119', { dialled: '119' }],
    ['handed over by 120', { diversion: ['<sip:120@carrier>'] }],
  ])('nothing before a person for who comes %s', (_how, change) => {
    const busy = {
      ...rules,
      announcements: [announcement()],
      restrictions: [block, { ...block, number: '110' }],
    };
    const plan = planCall(busy, call(change), moment(T0));
    expect(plan.announcements).toEqual([]);
    expect(plan.destination.kind).toBe('queue');
  });

  test('the explanation names each announcement with why it is heard or not', () => {
    const { steps } = explainCall(town, call({ dialled: '12319', callerNumber: '84110001' }), moment(T0));
    expect(steps).toContainEqual({
      step: 'notice',
      what: '播放通知“余荡村停水”',
      reason: '符合范围和时间',
      english: {
        what: 'plays announcement “余荡村停水”',
        reason: 'it is meant for this number and this time',
      },
    });
    const other = explainCall(town, call(), moment(T0));
    expect(other.steps.find(({ step }) => step === 'notice')).toMatchObject({
      what: '不播放通知“余荡村停水”',
      reason: '不在所限的被叫号码之内',
      english: {
        what: 'plays not the announcement “余荡村停水”',
        reason: 'it is meant for other numbers',
      },
    });
  });
});

test('property: whatever is announced or restricted, an emergency comes to a person with nothing before', () => {
  const busy = {
    ...rules,
    announcements: [announcement(), announcement({ id: 'a2', area: { ...AREA, unknownHear: true } })],
    restrictions: ['13800138000', '110', '051384110001'].map((number) => ({ ...block, number })),
  };
  const emergency = fc.constantFrom('110', '119', '120', '122', '0513110', '+86120');
  const caller = fc.constantFrom('13800138000', '+8613800138000', '84110001', '');
  const way = fc.oneof(
    emergency.map((callerNumber) => call({ callerNumber })),
    fc.tuple(emergency, caller).map(([dialled, callerNumber]) => call({ dialled, callerNumber })),
    fc
      .tuple(emergency, caller)
      .map(([by, callerNumber]) => call({ callerNumber, diversion: [`<sip:${by}@carrier>`] })),
  );
  fc.assert(
    fc.property(way, (incoming) => {
      const { announcements, destination } = planCall(busy, incoming, moment(T0));
      expect([announcements, destination.kind]).toEqual([[], 'queue']);
    }),
  );
});

describe('restricted callers in a call’s plan', () => {
  const town = { ...rules, restrictions: [block], announcements: [announcement()] };

  test('a blocked number hears who speaks and why, and nothing else', () => {
    for (const spelled of [NUISANCE, `+86${NUISANCE}`, `0${NUISANCE}`]) {
      const plan = planCall(town, call({ callerNumber: spelled, dialled: '12348' }), moment(T0));
      expect(plan).toMatchObject({
        prompts: ['greeting-main'],
        announcements: [],
        destination: { kind: 'goodbye', prompts: ['restricted-block', 'goodbye'], result: 'refused' },
        onRecord: { number: NUISANCE, refusedBy: 'r1', counts: false },
      });
      expect(plan.menu).toBeUndefined();
    }
    for (const prompt of ['restricted-block', 'restricted-limit'] as const) {
      expect(PROMPTS[prompt]).toMatch(/申诉.*110、119、120/);
    }
  });

  test('it reaches a person again at the end, and from a withheld number', () => {
    expect(planCall(town, call(), moment(T0 + HOUR)).destination.kind).toBe('queue');
    expect(planCall(town, call({ callerNumber: 'anonymous' }), moment(T0)).destination.kind).toBe('queue');
  });

  test('a limited number counts until its limit is used up', () => {
    const limited = { ...rules, restrictions: [{ ...block, step: 'limit' as const, callsPerHour: 2 }] };
    const having = (reached: number) => planCall(limited, call(), moment(T0), () => reached);
    expect(having(1)).toMatchObject({ destination: { kind: 'queue' }, onRecord: { counts: true } });
    expect(having(2)).toMatchObject({ destination: { prompts: ['restricted-limit', 'goodbye'] } });
  });

  test('a noted number is served as ever, and the agent reads the note', () => {
    const noted = { ...rules, restrictions: [{ ...block, step: 'note' as const }] };
    expect(planCall(noted, call(), moment(T0))).toMatchObject({
      destination: { kind: 'queue' },
      onRecord: { note: '备注：多次辱骂话务员', refusedBy: null },
    });
    expect(planCall(rules, call(), moment(T0)).onRecord).toBeNull();
  });

  test('the explanation says why', () => {
    const refused = explainCall(town, call(), moment(T0));
    expect(refused.end).toBe('goodbye refused');
    expect(refused.steps).toContainEqual({
      step: 'caller',
      what: '来电号码受限，不接入人工',
      reason: '该号码已暂停受理',
      english: {
        what: 'the number of the caller is restricted: no person is reached',
        reason: 'what is on record of the number',
      },
    });
    const withheld = explainCall(town, call({ callerNumber: '' }), moment(T0));
    expect(withheld.steps.find(({ step }) => step === 'caller')?.reason).toContain('无法按号码限制');
  });
});

test.each([
  ['84110001', '051384110001'],
  ['+8613800138000', NUISANCE],
  ['anonymous', null],
  ['', null],
  ['00000000', null],
  ['Restricted', null],
])('the caller “%s” is %s', (raw, number) => {
  expect(callerOf(raw, '0513')).toBe(number);
});
