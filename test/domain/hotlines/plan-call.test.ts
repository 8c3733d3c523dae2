import { expect, test } from 'vitest';
import type { Configuration } from '../../../src/domain/hotlines/configuration.ts';
import { UNIT_RING_TIMEOUT_MS } from '../../../src/domain/hotlines/mode-way.ts';
import { planCall } from '../../../src/domain/hotlines/plan-call.ts';
import type { CarrierCall } from '../../../src/domain/hotlines/recognise.ts';
import { CONFIGURATION, moment, queue, routed } from './rule-sets.ts';

const rudong: Configuration = {
  ...CONFIGURATION,
  lines: [
    routed('12345', 'MAIN'),
    routed('12319', 'FORWARD'),
    routed('12328', 'FORWARD', { greeting: 'own-greeting' }),
    routed('051384110001', 'TRANSITION', { validTo: '2020-07-28' }),
    routed('12316', 'TRANSITION', { validFrom: '2026-10-28', validTo: '2027-01-28' }),
    routed('12369', 'DEDICATED', { queue: 'desk-12369' }),
    routed('12333', 'DEDICATED', { queue: 'desk-gone' }),
    routed('12348', 'PARALLEL', { unitNumber: '051384139001', trunk: 'carrier' }),
    routed('12366', 'PARALLEL'),
    routed('12399', 'FORWARD', { validFrom: '2027-01-01' }),
  ],
  queues: [queue('general'), queue('desk-12369')],
};
const NOW = Date.parse('2026-11-23T02:00:00Z');
const call = (dialled: string, headers: Partial<CarrierCall['headers']> = {}): CarrierCall => ({
  dialled,
  callerNumber: '13800138000',
  headers: { to: '', diversion: [], historyInfo: [], ...headers },
});
const plan = (dialled: string, headers: Partial<CarrierCall['headers']> = {}) =>
  planCall(rudong, call(dialled, headers), moment(NOW));

test.each([
  ['12345', 'MAIN', ['greeting-main'], 'general'],
  ['+8651312345', 'MAIN', ['greeting-main'], 'general'],
  ['12319', 'FORWARD', ['greeting-forwarded'], 'general'],
  ['051312319', 'FORWARD', ['greeting-forwarded'], 'general'],
  ['12328', 'FORWARD', ['own-greeting'], 'general'],
  ['12316', 'TRANSITION', ['greeting-main', 'transition-notice'], 'general'],
  ['84110001', 'TRANSITION_ENDED', ['transition-ended'], 'general'],
  ['12369', 'DEDICATED', ['greeting-dedicated'], 'desk-12369'],
  ['99999999', 'UNREGISTERED', ['number-unregistered'], 'general'],
  ['12399', 'UNREGISTERED', ['number-unregistered'], 'general'],
])('%s is %s: %j, then queue %s', (dialled, mode, prompts, destination) => {
  expect(plan(dialled)).toMatchObject({
    mode,
    prompts,
    destination: { kind: 'queue', queue: destination, reason: expect.stringMatching(/./) },
  });
});

test('a parallel number rings the unit, and comes back to the hotline', () => {
  expect(plan('12348')).toMatchObject({
    mode: 'PARALLEL',
    prompts: ['greeting-parallel'],
    destination: {
      kind: 'unit',
      number: '051384139001',
      trunk: 'carrier',
      returnQueue: 'general',
      ringTimeoutMs: UNIT_RING_TIMEOUT_MS,
    },
    anomalies: [],
  });
});

test.each([
  ['a Diversion', { diversion: ['<sip:12319@x>;reason=unconditional'] }, 'diversion', 'certain', '12319'],
  ['the oldest of two', { diversion: ['<sip:12369@x>', '<sip:12319@x>'] }, 'diversion', 'likely', '12319'],
  [
    'a stranger before ours',
    { diversion: ['<sip:5551234@x>', '<sip:12319@x>'] },
    'diversion',
    'certain',
    '12319',
  ],
  [
    'History-Info, oldest first',
    { historyInfo: ['<sip:12319@x>;index=1, <sip:12345@x>;index=1.1'] },
    'historyInfo',
    'likely',
    '12319',
  ],
  ['To', { to: '"x" <sip:+8651312369@x>' }, 'to', 'guess', '12369'],
  [
    'Diversion before History-Info before To',
    { diversion: ['<sip:12328@x>'], historyInfo: ['<sip:12319@x>;index=1'], to: '<sip:12369@x>' },
    'diversion',
    'likely',
    '12328',
  ],
  [
    'History-Info when Diversion names strangers only',
    { diversion: ['<sip:5551234@x>'], historyInfo: ['<sip:12319@x>;index=1'] },
    'historyInfo',
    'likely',
    '12319',
  ],
])('forwarded to 12345, the line is known by %s', (_how, headers, method, confidence, number) => {
  const { recognition } = plan('12345', headers);
  expect(recognition).toMatchObject({ method, confidence, line: { number }, loop: false });
});

test('a line’s own number in the request URI is beyond doubt, whatever the headers say', () => {
  const { recognition } = plan('12369', { diversion: ['<sip:12319@x>'], to: '<sip:12328@x>' });
  expect(recognition).toMatchObject({
    method: 'requestUri',
    confidence: 'certain',
    line: { number: '12369' },
  });
});

test('12345 dialled through strangers stays 12345', () => {
  const { recognition, mode } = plan('12345', { diversion: ['<sip:5551234@x>'], to: '<sip:12345@x>' });
  expect(mode).toBe('MAIN');
  expect(recognition).toMatchObject({ line: { number: '12345' }, confidence: 'certain' });
});

test.each([
  ['the unit forwards its telephone to 12345', '12345', ['<sip:84139001@x>']],
  ['the unit forwards its telephone to its own line', '12348', ['<sip:051384139001@x>']],
  ['the trail runs through 12345 already', '12345', ['<sip:12348@x>', '<sip:12345@x>', '<sip:12348@x>']],
  ['the trail bites its tail', '12345', ['<sip:12348@x>', '<sip:5551234@x>', '<sip:12348@x>']],
])('a loop is cut, the unit is not rung again: %s', (_how, dialled, diversion) => {
  const { destination, anomalies, mode } = plan(dialled, { diversion });
  expect(mode).toBe('PARALLEL');
  expect(destination).toMatchObject({ kind: 'queue', queue: 'general' });
  expect(anomalies.map(({ code }) => code)).toContain('forwarding.loop');
});

test('what cannot be as configured is said and the citizen reaches the general desk', () => {
  expect(plan('12333')).toMatchObject({
    destination: { kind: 'queue', queue: 'general' },
    anomalies: [{ code: 'queue.unknown', detail: 'desk-gone' }],
  });
  expect(plan('12366')).toMatchObject({
    destination: { kind: 'queue', queue: 'general' },
    anomalies: [{ code: 'parallel.incomplete', detail: '12366' }],
  });
  expect(plan('99999999').anomalies).toEqual([
    { code: 'number.unregistered', detail: '号码 99999999 未登记' },
  ]);
  expect(plan('12399').anomalies[0]?.code).toBe('line.notYetInForce');
  expect(plan('abc&x').anomalies[0]?.code).toBe('number.unregistered');
});

test('the agent sees which number the citizen believes to have dialled', () => {
  expect(plan('12319').whisper).toBe('热线12319');
  expect(plan('84110001').whisper).toBe('热线051384110001（已停用）');
  expect(plan('99999999').whisper).toBe('未登记号码 99999999');
});
