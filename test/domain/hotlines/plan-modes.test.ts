import { describe, expect, test } from 'vitest';
import type { Configuration, Line } from '../../../src/domain/hotlines/configuration.ts';
import { explainCall } from '../../../src/domain/hotlines/explain-call.ts';
import { planCall } from '../../../src/domain/hotlines/plan-call.ts';
import type { CarrierCall } from '../../../src/domain/hotlines/recognise.ts';
import { hoursOf } from '../../../src/domain/hotlines/register/read-hours.ts';
import { PROMPTS } from '../../../src/domain/ivr/prompts.ts';
import { AGENTS, CONFIGURATION, moment, routed } from './rule-sets.ts';

const ADDRESS = 'sip:800@10.1.2.3';
const town = (...lines: Line[]): Configuration => ({
  ...CONFIGURATION,
  agents: AGENTS,
  lines: [routed('12345', 'MAIN'), ...lines],
});
const call = (dialled: string, headers: Partial<CarrierCall['headers']> = {}): CarrierCall => ({
  dialled,
  callerNumber: '13800138000',
  headers: { to: '', diversion: [], historyInfo: [], ...headers },
});
const local = (time: string) => moment(Date.parse(`${time}+08:00`));
const NOW = local('2026-11-23T10:00:00');
const steps = (configuration: Configuration, incoming: CarrierCall, at = NOW) =>
  explainCall(configuration, incoming, at).steps.map(({ what, reason }) => `${what}：${reason}`);

const english = (configuration: Configuration, incoming: CarrierCall, at = NOW) =>
  explainCall(configuration, incoming, at).steps.map(
    (step) => `${step.english.what}: ${step.english.reason}`,
  );

describe('MERGED', () => {
  const configuration = town(routed('12319', 'MERGED', { queue: 'desk-12369' }));

  test('a number that is cancelled still finds a person: the general desk, whatever desk it once had', () => {
    expect(planCall(configuration, call('12319'), NOW)).toMatchObject({
      mode: 'MERGED',
      prompts: ['greeting-merged'],
      destination: { kind: 'queue', queue: 'general', reason: '号码已并入主号码，由总席受理' },
      whisper: '热线12319',
      anomalies: [],
    });
    expect(PROMPTS['greeting-merged']).toContain('该号码已并入12345'.slice(2));
    expect(steps(configuration, call('12319'))).toContainEqual(
      expect.stringMatching(/^按“整体并入”处理：2026-11-23/),
    );
  });
});

describe('DEDICATED', () => {
  const hours = '08:30-12:00 14:00-17:30 workdays';
  const line = routed('12369', 'DEDICATED', { queue: 'desk-12369', hours: hoursOf(hours) });
  const configuration = town(line);
  const queueAt = (time: string) => {
    const { destination, prompts } = planCall(configuration, call('12369'), local(time));
    return destination.kind === 'queue' ? `${prompts.join(' ')} ${destination.queue}` : destination.kind;
  };

  test.each([
    ['a Monday before the desk opens', '2026-11-23T08:29:59.999', 'greeting-off-hours general'],
    ['from its first instant', '2026-11-23T08:30:00', 'greeting-dedicated desk-12369'],
    ['to its last', '2026-11-23T11:59:59.999', 'greeting-dedicated desk-12369'],
    ['at lunch', '2026-11-23T12:00:00', 'greeting-off-hours general'],
    ['in the evening', '2026-11-23T17:30:00', 'greeting-off-hours general'],
    ['on a Sunday', '2026-11-22T10:00:00', 'greeting-off-hours general'],
    ['on National Day, a Thursday', '2026-10-01T10:00:00', 'greeting-off-hours general'],
    ['on a Saturday that is worked for it (调休)', '2026-10-10T10:00:00', 'greeting-dedicated desk-12369'],
  ])('%s', (_when, time, expected) => {
    expect(queueAt(time)).toBe(expected);
  });

  test('off hours no menu and no greeting of the desk’s own is heard, and the reason is told', () => {
    const own = town({ ...line, greeting: 'own', menu: 'classic-menu' });
    const night = local('2026-11-23T23:00:00');
    const plan = planCall(own, call('12369'), night);
    expect(plan).toMatchObject({ mode: 'DEDICATED', prompts: ['greeting-off-hours'] });
    expect(plan.menu).toBeUndefined();
    expect(steps(own, call('12369'), night)).toEqual(
      expect.arrayContaining([
        '播放 greeting-off-hours：专席不在受理时间的提示',
        `进入队列 general（general），话务员 1 名：不在专席受理时间（${hours}），由总席受理`,
      ]),
    );
    expect(english(own, call('12369'), night)).toEqual(
      expect.arrayContaining([
        'plays greeting-off-hours: the announcement of a desk outside its hours',
        'into queue general (general), agents: 1: outside the hours of its desk: the general desk takes it',
      ]),
    );
    expect(planCall(own, call('12369'), NOW)).toMatchObject({ prompts: ['own'], menu: 'classic-menu' });
  });

  test('hours that cannot be read never hold; without hours the desk always answers', () => {
    const queueOf = (hoursText: string | null) => {
      const one = town({ ...line, hours: hoursOf(hoursText) });
      const { destination } = planCall(one, call('12369'), NOW);
      return destination.kind === 'queue' && destination.queue;
    };
    expect([queueOf('nonsense'), queueOf(null)]).toEqual(['general', 'desk-12369']);
  });
});

describe('TRANSITION past its end', () => {
  const line = routed('12316', 'TRANSITION', { validTo: '2020-07-28' });
  const last = local('2020-07-28T23:59:59.999');
  const first = local('2020-07-29T00:00:00');

  test('to its last instant as before, from the next on the announcement and then a person', () => {
    const configuration = town(line);
    expect(planCall(configuration, call('12316'), last)).toMatchObject({
      mode: 'TRANSITION',
      prompts: ['greeting-main', 'transition-notice'],
      destination: { kind: 'queue', queue: 'general' },
    });
    expect(planCall(configuration, call('12316'), first)).toMatchObject({
      mode: 'TRANSITION_ENDED',
      prompts: ['transition-ended'],
      destination: { kind: 'queue', queue: 'general' },
    });
  });

  test('or the announcement and a good-bye, when the rule says so: exactly from the same instant', () => {
    const configuration = town({ ...line, afterEnd: 'goodbye', menu: 'classic-menu' });
    expect(planCall(configuration, call('12316'), last).destination.kind).toBe('queue');
    const plan = planCall(configuration, call('12316'), first);
    expect(plan).toMatchObject({
      prompts: ['transition-closed'],
      destination: {
        kind: 'goodbye',
        prompts: ['goodbye'],
        result: 'informed',
        reason: '过渡期于 2020-07-28 届满，按规则播报后结束',
      },
    });
    expect(plan.menu).toBeUndefined();
    expect(PROMPTS['transition-closed']).not.toContain('转接');
    expect(steps(configuration, call('12316'), first)).toEqual(
      expect.arrayContaining([
        '播放 transition-closed：过渡期已满的提示',
        '播放 goodbye，挂机：过渡期于 2020-07-28 届满，按规则播报后结束',
      ]),
    );
    expect(english(configuration, call('12316'), first)).toEqual(
      expect.arrayContaining([
        'handled as “Transition ended”: 2020-07-29: its rules hold from 2020-04-28 until 2020-07-28',
        'plays goodbye and releases the call: its transition ended on 2020-07-28: it is told so',
      ]),
    );
  });

  test('what follows the transition speaks for the number, whatever was to come at its end', () => {
    const configuration = town(
      { ...line, afterEnd: 'goodbye' },
      routed('12316', 'FORWARD', { validFrom: '2020-07-29' }),
    );
    expect(planCall(configuration, call('12316'), first)).toMatchObject({
      mode: 'FORWARD',
      destination: { kind: 'queue' },
    });
  });
});

describe('SUBCENTER', () => {
  const line = routed('12366', 'SUBCENTER', {
    trunk: 'carrier',
    centreAddress: ADDRESS,
    queue: 'desk-12369',
  });
  const configuration = town(line);

  test('is handed to the centre, which gives back to the desk of the line', () => {
    expect(planCall(configuration, call('12366'), NOW)).toMatchObject({
      mode: 'SUBCENTER',
      prompts: ['greeting-centre'],
      destination: {
        kind: 'centre',
        address: ADDRESS,
        trunk: 'carrier',
        returnQueue: 'desk-12369',
        ringTimeoutMs: 20_000,
        reason: '设分中心，转 单位',
      },
      anomalies: [],
    });
    expect(steps(configuration, call('12366'))).toEqual(
      expect.arrayContaining([
        `经中继 carrier 呼叫 ${ADDRESS}，振铃 20 秒：设分中心，转 单位`,
        expect.stringContaining('分中心忙、未接或拒接时转回'),
      ]),
    );
    expect(english(configuration, call('12366'))).toEqual(
      expect.arrayContaining([
        `rings ${ADDRESS} through trunk carrier for 20 s: a number of another centre: 单位`,
        expect.stringContaining('back from the other centre'),
      ]),
    );
  });

  test.each([
    ['forwarded to 12345 by the carrier', call('12345', { diversion: ['<sip:12366@carrier>'] })],
    [
      'with a host that only begins like the centre’s',
      call('12366', { diversion: ['<sip:800@10.1.2.30>'] }),
      true,
    ],
    ['dialled through a stranger', call('12366', { diversion: ['<sip:5551234@x>'] })],
  ])('%s it is handed over', (_how, incoming, loop = false) => {
    // The centre's own number anywhere in the trail is caution enough.
    expect(planCall(configuration, incoming, NOW).destination.kind).toBe(loop ? 'queue' : 'centre');
  });

  test.each([
    ['to 12345, with the centre’s number', call('12345', { diversion: ['<sip:800@10.1.2.3>'] })],
    ['to the line itself', call('12366', { diversion: ['<sip:800@10.1.2.3>;reason=no-answer'] })],
    [
      'told by History-Info',
      call('12366', { historyInfo: ['<sip:12366@x>;index=1, <sip:800@10.1.2.3>;index=1.1'] }),
    ],
  ])('what came back from the centre is not handed there again: %s', (_how, incoming) => {
    const { destination, anomalies, mode } = planCall(configuration, incoming, NOW);
    expect(mode).toBe('SUBCENTER');
    expect(destination).toMatchObject({
      kind: 'queue',
      queue: 'desk-12369',
      reason: '分中心已将来电转回，由12345受理',
    });
    expect(anomalies.map(({ code }) => code)).toEqual(['forwarding.loop']);
  });

  test('a centre that is called by the very number it serves is known by its host', () => {
    const same = town({ ...line, centreAddress: 'sip:12366@10.1.2.3' });
    const end = (diversion: string) =>
      planCall(same, call('12345', { diversion: [diversion] }), NOW).destination.kind;
    expect(end('<sip:12366@carrier>')).toBe('centre');
    expect(end('"税务" <sip:12366@10.1.2.3:5060;user=phone>;reason=busy')).toBe('queue');
    expect(end('<sip:12366@10.1.2.30>')).toBe('centre');
    expect(planCall(same, call('12366', { diversion: ['<sip:12366@carrier>'] }), NOW).destination.kind).toBe(
      'centre',
    );
  });

  test.each([
    ['no address', { centreAddress: null }],
    ['no trunk', { trunk: null }],
    ['an address that is none', { centreAddress: 'sip:800@10.1.2.3;x=y' }],
  ])('%s: the desk answers and somebody is told', (_what, change) => {
    expect(planCall(town({ ...line, ...change }), call('12366'), NOW)).toMatchObject({
      destination: { kind: 'queue', queue: 'desk-12369' },
      anomalies: [{ code: 'centre.incomplete', detail: '12366' }],
    });
  });
});
