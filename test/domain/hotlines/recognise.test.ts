import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Configuration } from '../../../src/domain/hotlines/configuration.ts';
import { type CarrierCall, readings, recognise } from '../../../src/domain/hotlines/recognise.ts';
import { DEFAULT_TRUNK, type TrunkProfile } from '../../../src/domain/hotlines/trunk.ts';
import { configurationOf } from '../../../src/domain/hotlines/versions/rule-set.ts';
import { line, withLines } from './rule-sets.ts';

const DAY = '2026-11-23';
const withTrunks = (...trunks: TrunkProfile[]): Configuration => ({
  ...configurationOf(
    withLines(line('051384110001', 'FORWARD'), line('12328', 'FORWARD')),
    { version: 1, publishedAt: '' },
    [],
  ),
  trunks,
});
const rules = withTrunks(
  DEFAULT_TRUNK,
  { ...DEFAULT_TRUNK, code: 'own', line: '12319' },
  {
    ...DEFAULT_TRUNK,
    code: 'dids',
    dids: [
      { did: '80001234', line: '12369' },
      { did: '80005678', line: '96000' },
    ],
  },
  { ...DEFAULT_TRUNK, code: 'appends', dialledEntry: 'first' },
  { ...DEFAULT_TRUNK, code: 'history-first', methods: ['historyInfo', 'diversion', 'to'] },
  { ...DEFAULT_TRUNK, code: 'open', trusts: [] },
  { ...DEFAULT_TRUNK, code: 'half', trusts: ['rdnis'] },
);
const call = (
  trunk: string,
  dialled: string,
  headers: Partial<CarrierCall['headers']> = {},
): CarrierCall => ({
  trunk,
  dialled,
  callerNumber: '13800138000',
  headers: { to: '', diversion: [], historyInfo: [], ...headers },
});
const known = (...args: Parameters<typeof call>) => recognise(rules, call(...args), DAY);

test('a trunk that belongs to one line says so before any header', () => {
  expect(known('own', '12345', { diversion: ['<sip:12328@x>'] })).toMatchObject({
    line: { number: '12319' },
    method: 'trunk',
    confidence: 'certain',
    reason: '中继专属于 12319',
  });
});

test.each(['80001234', '051380001234', '+86 513 8000 1234', '008651380001234'])(
  'a DID stands for its line however the carrier spells it: %s',
  (dialled) => {
    expect(known('dids', dialled)).toMatchObject({
      line: { number: '12369' },
      method: 'did',
      confidence: 'certain',
    });
  },
);

test('a DID of another trunk, or of a line that is not registered, decides nothing', () => {
  expect(known('carrier', '80001234')).toMatchObject({ line: null, method: 'none' });
  expect(known('dids', '80005678', { to: '<sip:12328@x>' })).toMatchObject({
    line: { number: '12328' },
    method: 'to',
  });
});

test.each([
  ['12316', ['12316']],
  ['12316', ['12319', '12316']],
  ['12316', ['5551234', '12319', '12316']],
  ['12316', ['5551234', '12319', '5556789', '12316']],
  ['12316', ['5551234', '12319', '12328', '5556789', '12316']],
])('what was dialled first is %s in the chain %j, in headers of their own or in one', (dialled, users) => {
  const entries = users.map((user) => `"Office, ${user}" <sip:${user}@x>;reason=unconditional`);
  for (const diversion of [entries, [entries.join(', ')]]) {
    expect(known('carrier', '12345', { diversion })).toMatchObject({
      line: { number: dialled },
      method: 'diversion',
      loop: false,
    });
    expect(known('appends', '12345', { diversion: [...diversion].reverse() }).line?.number).toBe(
      diversion.length === 1 && users.length > 1 ? users.find((user) => user.startsWith('123')) : dialled,
    );
  }
});

test('a carrier that appends has the dialled number on top', () => {
  const diversion = ['<sip:12316@x>', '<sip:12319@x>'];
  expect(known('carrier', '12345', { diversion }).line?.number).toBe('12319');
  expect(known('appends', '12345', { diversion }).line?.number).toBe('12316');
});

test('the order is the trunk’s own, and what it does not list is not asked', () => {
  const headers = { diversion: ['<sip:12319@x>'], historyInfo: ['<sip:12328@x>;index=1'] };
  expect(known('history-first', '12345', headers)).toMatchObject({
    line: { number: '12328' },
    method: 'historyInfo',
  });
  expect(known('history-first', '12345', { rdnis: '12319' })).toMatchObject({ line: { number: '12345' } });
  // The dialled number is the last resort of every trunk.
  expect(known('history-first', '12369')).toMatchObject({ line: { number: '12369' }, method: 'requestUri' });
});

test('two tales of one journey that differ: the first in the order, no longer certain, and the other is told', () => {
  const headers = {
    diversion: ['<sip:12319@x>'],
    historyInfo: ['<sip:12328@x>;index=1, <sip:12345@x>;index=1.1'],
  };
  expect(known('carrier', '12345', headers)).toMatchObject({
    line: { number: '12319' },
    confidence: 'likely',
    reason: 'Diversion 表明由 12319 转移而来；History-Info 却指 12328',
  });
  const agreed = { ...headers, historyInfo: ['<sip:12319@x>;index=1, <sip:12345@x>;index=1.1'] };
  expect(known('carrier', '12345', agreed)).toMatchObject({ method: 'diversion', confidence: 'certain' });
});

test('RDNIS is asked when the headers say nothing, and is no better than the headers it was taken from', () => {
  expect(known('carrier', '12345', { rdnis: '84110001' })).toMatchObject({
    line: { number: '051384110001' },
    method: 'rdnis',
    confidence: 'likely',
  });
  expect(known('half', '12345', { rdnis: '12319' })).toMatchObject({ method: 'rdnis' });
  expect(known('half', '12345', { rdnis: '12319', diversion: ['<sip:12319@x>'] })).toMatchObject({
    line: { number: '12345' },
    method: 'requestUri',
  });
});

test.each(['open', 'nobody-entered-it'])(
  'what trunk %s writes is not believed, and that is said',
  (trunk) => {
    const said = known(trunk, '12345', {
      diversion: ['<sip:12369@x>'],
      historyInfo: ['<sip:12328@x>;index=1'],
      rdnis: '12369',
    });
    expect(said).toMatchObject({
      line: { number: '12345' },
      method: 'requestUri',
      confidence: 'likely',
      loop: false,
    });
    expect(said.reason).toContain(`Diversion 来自中继 ${trunk}`);
    expect(said.reason).toContain('不予采信');
    expect(known(trunk, '12369')).toMatchObject({ line: { number: '12369' }, confidence: 'certain' });
  },
);

test('the telephone of a unit that forwards to its own number is not rung again, whoever says so', () => {
  // Forged, this only brings the forger to a desk; true, it ends a loop.
  for (const trunk of ['carrier', 'open']) {
    expect(known(trunk, '12348', { diversion: ['<sip:84139001@x>'] })).toMatchObject({
      line: { number: '12348' },
      loop: true,
    });
    expect(
      known(trunk, '12348', { historyInfo: ['<sip:+8651384139001@x>;index=1, <sip:12348@x>;index=1.1'] }),
    ).toMatchObject({ loop: true });
  }
});

test.each([
  ['took out of the register', { mode: 'MAIN', validTo: '2020-07-28', afterEnd: 'none' }],
  ['ended', { mode: 'PARALLEL', trunk: 'carrier', validTo: '2020-07-28' }],
  ['only names it', { mode: 'FORWARD' }],
] as const)(
  'a telephone that a second number %s is still its own unit’s, and is not rung again',
  (_how, more) => {
    const shared = configurationOf(
      withLines(line('12388', more.mode, { ...more, unitNumber: '051384139001' })),
      { version: 1, publishedAt: '' },
      [],
    );
    const back = call('carrier', '12345', { diversion: ['<sip:84139001@x>', '<sip:12348@x>'] });
    expect(recognise(shared, back, DAY)).toMatchObject({ line: { number: '12348' }, loop: true });
  },
);

test('a telephone that is a unit’s no more says nothing of a return', () => {
  const moved = configurationOf(
    withLines(
      line('12388', 'PARALLEL', { unitNumber: '051384139008', trunk: 'carrier', validTo: '2026-10-31' }),
      line('12388', 'PARALLEL', { unitNumber: '051384139009', trunk: 'carrier', validFrom: '2026-11-01' }),
    ),
    { version: 1, publishedAt: '' },
    [],
  );
  const from = (telephone: string, day: string) =>
    recognise(moved, call('carrier', '12345', { diversion: [`<sip:${telephone}@x>`, '<sip:12319@x>'] }), day);
  expect(from('051384139008', DAY)).toMatchObject({ line: { number: '12319' }, loop: false });
  expect(from('051384139009', DAY)).toMatchObject({ line: { number: '12388' }, loop: true });
  expect(from('051384139008', '2026-10-31')).toMatchObject({ line: { number: '12388' }, loop: true });
});

test.each([
  ['+8684110001', null],
  ['+8651384110001', '051384110001'],
  ['+86051384110001', '051384110001'],
  ['008651384110001', '051384110001'],
  ['8651384110001', '051384110001'],
  ['051384110001', '051384110001'],
  ['84110001', '051384110001'],
  ['84110001;phone-context=+86513', '051384110001'],
  ['84110001;phone-context=+8621', null],
  ['84110001;phone-context=+86', '051384110001'],
  ['84110001;phone-context=rudong.example', '051384110001'],
  ['12328', '12328'],
  ['051312328', '12328'],
  ['+8651312328', '12328'],
  ['+8612328', '12328'],
  ['%31%32%33%32%38', '12328'],
])('however it is spelt, %s is %s', (user, number) => {
  const uris = [`<sip:${user}@10.0.0.1;user=phone>;reason=no-answer;counter=1`, `<tel:${user}>`];
  for (const uri of uris) {
    const { line: found } = known('carrier', '12345', { diversion: [uri] });
    expect(found?.number).toBe(number ?? '12345');
  }
});

test.each([
  [
    'RFC 7044 with an escaped Reason, Privacy and cause, entries out of order',
    [
      '<sip:12345@centre.example;cause=302>;index=1.1.1;rc=1.1',
      '<sip:12328@office.example?Privacy=history&Reason=SIP%3Bcause%3D302%3Btext%3D%22Moved%22>;index=1',
      '<sip:operator@office.example;index=7>;index=1.1;mp=1',
    ],
  ],
  [
    'all of them in one header, a quoted name with commas and an index of its own',
    ['"a, <sip:12369@x>;index=0" <sip:12328@x>;index=1, <sip:5551234@x>;index=1.2, <sip:12345@x>;index=1.10'],
  ],
  ['tel: addresses', ['<tel:12328;phone-context=+86>;index=1, <tel:+8651312345>;index=1.1']],
  ['an anonymous entry before it', ['<sip:anonymous@anonymous.invalid>;index=1, <sip:12328@x>;index=1.1']],
])('History-Info: %s', (_what, historyInfo) => {
  expect(known('carrier', '12345', { historyInfo })).toMatchObject({
    line: { number: '12328' },
    method: 'historyInfo',
    confidence: 'likely',
    loop: false,
  });
});

test('each method is heard on its own, by the code that decides', () => {
  const heard = readings(
    rules,
    call('history-first', '12345', { diversion: ['<sip:12319@x>'], to: '<sip:12328@x>' }),
    DAY,
  );
  expect(heard.map(({ method, asked, kind }) => `${method} ${kind}${asked ? '' : ' (not asked)'}`)).toEqual([
    'historyInfo silent',
    'diversion line',
    'to line',
    'trunk silent (not asked)',
    'did silent (not asked)',
    'requestUri silent (not asked)',
    'rdnis silent (not asked)',
  ]);
});

const piece = fc.constantFrom(
  ...[
    '<',
    '>',
    '"',
    ',',
    ';',
    'sip:',
    'tel:',
    '@',
    '\\',
    'index=',
    'index=1.1',
    '%zz',
    '%',
    '?Reason=',
    '&',
    ' ',
  ],
  ...['12319', '84139001', '12345', '+86', 'phone-context=', '\u0000', '\uD800', '汉'],
);
const broken = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(piece, { maxLength: 300 }).map((pieces) => pieces.join('')),
);
const anyHeaders = fc.record({
  to: broken,
  diversion: fc.array(broken, { maxLength: 6 }),
  historyInfo: fc.array(broken, { maxLength: 6 }),
  rdnis: broken,
});

test('no header makes it throw, and what is not believed never chooses the line', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...rules.trunks.map(({ code }) => code), 'stranger', ''),
      fc.oneof(fc.constantFrom('12345', '12348', '80001234'), broken),
      anyHeaders,
      (trunk, dialled, headers) => {
        const said = known(trunk, dialled, headers);
        expect(said.reason).not.toBe('');
        const heard = readings(rules, call(trunk, dialled, headers), DAY);
        const first = heard.find(({ asked, kind }) => asked && kind === 'line');
        // What is recognised is what the first method that knows a number says, and nothing else.
        if (first?.kind === 'line') expect(said.line?.number).toBe(first.line.number);
        else expect(['requestUri', 'none']).toContain(said.method);
        if (trunk === 'open' || trunk === 'stranger') {
          expect(['requestUri', 'to', 'none']).toContain(said.method);
        }
      },
    ),
    { numRuns: 500 },
  );
});
