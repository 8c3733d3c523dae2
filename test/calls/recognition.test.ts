import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_TRUNK } from '../../src/domain/hotlines/trunk.ts';
import { OtherAddress } from '../support/other-address.ts';
import { ANSWER_HZ, Town } from '../support/town.ts';

// Which number did the citizen dial? Real INVITEs over five trunks; each call is in the books with the line, the method
// and the confidence, and each citizen speaks with a person.

const OPEN = '127.0.0.2';
const OWN = '127.0.0.3';
const UNENTERED = '127.0.0.4';
const OLD = '127.0.0.5';
const STRANGER = '127.0.0.6';

let town: Town;
beforeAll(async () => {
  const trunk = (code: string, address: string) => ({
    code,
    match: [address],
    host: address,
    port: 9,
    maxCalls: 50,
  });
  town = await Town.found({
    furtherTrunks: [trunk('open', OPEN), trunk('own', OWN), trunk('unentered', UNENTERED), trunk('old', OLD)],
    wrapUpMs: 100,
    trunks: [
      { ...DEFAULT_TRUNK, dids: [{ did: '80001234', line: '12338' }] },
      { ...DEFAULT_TRUNK, code: 'open', name: '不予采信', trusts: [] },
      { ...DEFAULT_TRUNK, code: 'own', name: '专属', line: '12328' },
      { ...DEFAULT_TRUNK, code: 'old', name: '只问 RDNIS', methods: ['rdnis', 'to'] },
    ],
  });
});
afterAll(() => town?.raze());

interface Case {
  readonly what: string;
  readonly dialled?: string;
  readonly headers?: readonly string[];
  /** The carrier's address, when it is not the first trunk's. */
  readonly from?: string;
  /** The carrier leaves the dialled number in To. */
  readonly to?: string;
  readonly line: string;
  readonly by: string;
  readonly confidence: string;
  readonly reason?: RegExp;
  readonly anomaly?: string;
}

const chain = (...users: string[]): string[] =>
  users.map((user) => `Diversion: "Office, ${user}" <sip:${user}@10.0.0.1;user=phone>;reason=unconditional`);
const inOne = (...users: string[]): string[] => [
  `Diversion: ${users.map((user) => `<sip:${user}@10.0.0.1>;reason=no-answer;counter=1`).join(', ')}`,
];

const CASES: readonly Case[] = [
  { what: 'the number itself', dialled: '12319', line: '12319', by: 'requestUri', confidence: 'certain' },
  {
    what: 'with +86 and area code',
    dialled: '+8651312319',
    line: '12319',
    by: 'requestUri',
    confidence: 'certain',
  },
  {
    what: 'with 0086',
    dialled: '008651384110003',
    line: '051384110003',
    by: 'requestUri',
    confidence: 'certain',
  },
  {
    what: 'with area code',
    dialled: '051384110003',
    line: '051384110003',
    by: 'requestUri',
    confidence: 'certain',
  },
  {
    what: 'without area code',
    dialled: '84110003',
    line: '051384110003',
    by: 'requestUri',
    confidence: 'certain',
  },
  { what: 'a DID', dialled: '80001234', line: '12338', by: 'did', confidence: 'certain' },
  {
    what: 'a trunk of its own',
    from: OWN,
    headers: chain('12319'),
    line: '12328',
    by: 'trunk',
    confidence: 'certain',
  },
  { what: 'a chain of one', headers: chain('12336'), line: '12336', by: 'diversion', confidence: 'certain' },
  {
    what: 'a chain of two',
    headers: chain('5551234', '12336'),
    line: '12336',
    by: 'diversion',
    confidence: 'certain',
  },
  {
    what: 'a chain of three, two of them ours',
    headers: chain('12319', '5551234', '12336'),
    line: '12336',
    by: 'diversion',
    confidence: 'likely',
  },
  {
    what: 'a chain of four in one header',
    headers: inOne('5551234', '12319', '5556789', '+8651312336'),
    line: '12336',
    by: 'diversion',
    confidence: 'likely',
  },
  {
    what: 'a chain of five in five headers',
    headers: chain('5551234', '12319', '12328', '5556789', '84110003'),
    line: '051384110003',
    by: 'diversion',
    confidence: 'likely',
  },
  {
    what: 'tel: and a phone-context',
    headers: ['Diversion: <tel:84110003;phone-context=+86513>;reason=user-busy'],
    line: '051384110003',
    by: 'diversion',
    confidence: 'certain',
  },
  {
    what: 'History-Info with an escaped reason and a cause',
    headers: [
      'History-Info: <sip:12318@10.0.0.1?Reason=SIP%3Bcause%3D302%3Btext%3D%22Moved%22>;index=1',
      'History-Info: <sip:12345@10.0.0.1;cause=302>;index=1.1;rc=1',
    ],
    line: '12318',
    by: 'historyInfo',
    confidence: 'likely',
  },
  {
    what: 'History-Info and Diversion in conflict',
    headers: [
      ...chain('12319'),
      'History-Info: <sip:12318@10.0.0.1>;index=1, <sip:12345@10.0.0.1>;index=1.1',
    ],
    line: '12319',
    by: 'diversion',
    confidence: 'likely',
    reason: /History-Info 却指 12318/,
  },
  {
    what: 'RDNIS, as the switch took it from a Diversion',
    from: OLD,
    headers: chain('12318', '12319'),
    line: '12318',
    by: 'rdnis',
    confidence: 'likely',
  },
  {
    what: 'To alone',
    to: '12318',
    line: '12318',
    by: 'to',
    confidence: 'guess',
  },
  {
    what: 'the unit’s own telephone forwarded back',
    headers: chain('84140001'),
    line: '12348',
    by: 'diversion',
    confidence: 'likely',
    anomaly: 'forwarding.loop',
  },
  {
    what: 'a chain that bites its tail',
    headers: chain('12319', '12345', '12319'),
    line: '12319',
    by: 'diversion',
    confidence: 'likely',
    anomaly: 'forwarding.loop',
  },
  {
    what: 'a forged Diversion on a trunk that is not believed',
    from: OPEN,
    headers: [...chain('12319'), 'History-Info: <sip:12318@10.0.0.1>;index=1'],
    line: '12345',
    by: 'requestUri',
    confidence: 'likely',
    reason: /Diversion 来自中继 open，其转移信息不予采信/,
  },
  {
    what: 'a forged Diversion on a trunk that nobody entered',
    from: UNENTERED,
    headers: chain('12319'),
    line: '12345',
    by: 'requestUri',
    confidence: 'likely',
    reason: /中继 unentered，未登记/,
  },
  {
    what: 'headers that are none',
    headers: [
      'Diversion: <<<"sip:@>;;;,,,"',
      'Diversion: <sip:%zz%00@>;reason="',
      'History-Info: <sip:12319;index=1..1, >>',
      'Diversion: ,,,',
    ],
    line: '12345',
    by: 'requestUri',
    confidence: 'certain',
  },
];

/** Takes one call after the other and speaks, until the citizen has heard it and hangs up. */
async function serve(username: string): Promise<never> {
  const agent = await town.agent(username);
  for (;;) {
    const call = await agent.phone.nextCall(WITHIN_MS);
    await call.answer();
    await call.connected;
    call.sound.speak(ANSWER_HZ);
    await call.ended;
  }
}
const WITHIN_MS = 50_000;

const numberOf = (nth: number): string => `139000055${`${nth}`.padStart(2, '0')}`;

test('every call is taken for the right number, by the right sign, and reaches a person', async () => {
  const relays: OtherAddress[] = [];
  for (const name of ['1001', '1002', '1003', '1004']) {
    // Desks stay open until the town goes home; whoever is not served says so below.
    serve(name).catch(() => undefined);
  }
  try {
    const calls = CASES.map(async ({ what, from, to, dialled = '12345', headers = [] }, nth) => {
      const order = { dialled, number: numberOf(nth), headers };
      const rewrite = (request: string): string =>
        to === undefined ? request : request.replace(/^To: <sip:12345@/m, `To: <sip:${to}@`);
      const relay = await OtherAddress.open(from ?? '127.0.0.1', town.sip, rewrite);
      relays.push(relay);
      const citizen = await town.citizen({ ...order, to: { host: '127.0.0.1', port: relay.port } });
      await citizen.sound.untilHears(ANSWER_HZ, WITHIN_MS);
      citizen.hangUp();
      return { what, ...(await citizen.ended) };
    });
    for (const end of await Promise.all(calls)) expect(end).toMatchObject({ code: 0, by: 'citizen' });
  } finally {
    for (const relay of relays) relay.close();
  }
  for (const [nth, expected] of CASES.entries()) {
    const detail = await town.callInBooks(numberOf(nth));
    const facts = new Map(detail.facts.map(({ type, body }) => [type, body]));
    expect(facts.get('callRecognised'), expected.what).toMatchObject({
      method: expected.by,
      confidence: expected.confidence,
      reason: expect.stringMatching(expected.reason ?? /./),
    });
    expect(detail, expected.what).toMatchObject({
      line: expected.line,
      recognisedBy: expected.by,
      result: 'answeredByAgent',
    });
    expect(facts.has('talkStarted'), expected.what).toBe(true);
    expect(facts.get('anomaly')?.code, expected.what).toBe(expected.anomaly);
  }
});

test('what carriers wrote is on the page of their trunk, and each method’s word with it', async () => {
  const { calls } = await town.lead.get<{
    calls: readonly {
      readonly headers: { readonly diversion: readonly string[]; readonly rdnis: string };
      readonly methods: readonly { readonly method: string; readonly says: string }[];
    }[];
  }>('/v1/trunks/open/calls?limit=1');
  expect(calls[0]?.headers).toMatchObject({
    diversion: ['"Office, 12319" <sip:12319@10.0.0.1;user=phone>;reason=unconditional'],
    rdnis: '12319',
  });
  expect(calls[0]?.methods).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ method: 'diversion', says: 'ignored' }),
      expect.objectContaining({ method: 'rdnis', says: 'ignored' }),
    ]),
  );
});

test('an address that is no trunk’s gets nowhere, whatever it writes', async () => {
  const relay = await OtherAddress.open(STRANGER, town.sip);
  try {
    const citizen = await town.citizen({
      dialled: '12345',
      number: '13900005599',
      headers: chain('12319'),
      to: { host: '127.0.0.1', port: relay.port },
      expect: 401,
    });
    expect(await citizen.ended).toMatchObject({ by: 'refused' });
  } finally {
    relay.close();
  }
  await town.rest();
});
