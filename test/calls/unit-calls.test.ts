import { readdir } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ApiClient } from '../../src/demo/api-client.ts';
import { Phone } from '../../src/demo/phone/phone.ts';
import { until } from '../../src/demo/poll.ts';
import { CONTACT_TALK_MS } from '../../src/domain/tickets/contact-proof.ts';
import { freePort } from '../../src/runtime/ports.ts';
import { KeptRecording } from '../support/kept-recording.ts';
import { SipTap } from '../support/sip-tap.ts';
import { ANSWER_HZ, CITIZEN_HZ, PROMPT_HZ, Town } from '../support/town.ts';

// A unit calls its citizen through the platform, by real telephones on both sides. The citizen's number is in no answer, no
// live event, no page, no log, no export, no name of a recording, and in no word that the switch says to the unit's telephone.

const CITIZEN = '13912340077';
const UNIT_PHONE = '051384139077';

let town: Town;
beforeAll(async () => {
  town = await Town.found();
  await callAtAnyHour();
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

async function tokenOf(username: string): Promise<string> {
  const response = await fetch(new URL('/v1/session', town.apiUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: town.passwordOf(username), as: 'token' }),
  });
  return ((await response.json()) as { token: string }).token;
}

/** These tests run at night as well. */
async function callAtAnyHour(): Promise<void> {
  const url = new URL('/v1/outbound-rules', town.apiUrl);
  const headers = {
    authorization: `Bearer ${await tokenOf('operator')}`,
    'content-type': 'application/json',
  };
  const rules = (await (await fetch(url, { headers })).json()) as object;
  const body = JSON.stringify({ ...rules, quietHours: { fromMinute: 0, toMinute: 0 }, reason: '夜间测试' });
  expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(200);
}

/** Everything that anybody is told while the call goes on and afterwards, as text. */
class Ears {
  readonly heard: string[] = [];
  readonly #token: string;
  private constructor(token: string) {
    this.#token = token;
  }
  static async of(username: string): Promise<Ears> {
    const token = await tokenOf(username);
    const ears = new Ears(token);
    const socket = new WebSocket(`${town.apiUrl.replace('http', 'ws')}/v1/live`, {
      headers: { authorization: `Bearer ${token}` },
    });
    socket.on('message', (data) => ears.heard.push(String(data)));
    await new Promise((resolve, reject) => socket.once('message', resolve).once('error', reject));
    town.visit(() => new Promise((resolve) => socket.once('close', resolve).close()));
    return ears;
  }
  async look(...paths: readonly string[]): Promise<void> {
    const headers = { authorization: `Bearer ${this.#token}` };
    for (const path of paths) {
      this.heard.push(await (await fetch(new URL(path, town.apiUrl), { headers })).text());
    }
  }
}

test('both hear each other, the ticket is in contact by that proof, and nobody learns the number', async () => {
  const [operator, unit] = await Promise.all(
    ['operator', 'unit.water'].map((name) => ApiClient.signIn(town.apiUrl, name, town.passwordOf(name))),
  );
  if (operator === undefined || unit === undefined) throw new Error('the sample has both');
  const phone = await operator.post<{ id: string }>('/v1/unit-phones', {
    unitCode: 'water',
    number: UNIT_PHONE,
    label: '抢修班',
  });
  const ticket = await town.lead.post<{ id: string }>('/v1/tickets', {
    type: 'HELP',
    categoryCode: 'uncategorised',
    content: `家中停水，回电${CITIZEN}`,
    citizenName: '李向阳',
    citizenNumber: CITIZEN,
    unitCode: 'water',
  });
  const ears = await Promise.all(['lead', 'unit.water', 'admin', 'operator'].map((name) => Ears.of(name)));
  const lookAround = (...more: readonly string[]) =>
    Promise.all(
      ears.map((one) =>
        one.look(
          '/',
          '/v1/tickets',
          `/v1/tickets/${ticket.id}`,
          `/v1/tickets/${ticket.id}/citizen-calls`,
          '/v1/calls/live',
          '/v1/calls?direction=outbound',
          '/v1/unit-phones',
          '/openapi.json',
          `/v1/tickets/${ticket.id}/proof`,
          `/v1/tickets/${ticket.id}/notices`,
          ...more,
        ),
      ),
    );

  const phonePort = await freePort();
  const tap = await SipTap.at(town.asterisk.carrierPort, phonePort);
  town.visit(() => tap.close());
  const carrier = await Phone.open({ port: phonePort });
  town.visit(() => carrier.close());
  const ringing = carrier.nextCall(10_000);
  const { callId } = await unit.post<{ callId: string }>(`/v1/tickets/${ticket.id}/citizen-calls`, {
    phoneId: phone.id,
  });
  const desk = await ringing;
  expect({ dialled: desk.dialled, from: desk.from }).toEqual({ dialled: UNIT_PHONE, from: '12345' });
  expect(desk.displayName).not.toContain(CITIZEN);
  const his = carrier.nextCall(15_000);
  await desk.answer();
  await desk.connected;
  await desk.sound.untilHears(PROMPT_HZ['unit-call-confirm'], 8_000);
  await desk.sound.press('1');
  const citizen = await his;
  expect({ dialled: citizen.dialled, from: citizen.from }).toEqual({ dialled: CITIZEN, from: '12345' });
  await citizen.answer();
  await citizen.connected;
  const talkingSince = Date.now();
  desk.sound.forget();
  citizen.sound.forget();
  desk.sound.speak(ANSWER_HZ);
  citizen.sound.speak(CITIZEN_HZ);
  await Promise.all([desk.sound.untilHears(CITIZEN_HZ, 5_000), citizen.sound.untilHears(ANSWER_HZ, 5_000)]);
  await lookAround();
  // As long as a talk must last to stand for a contact.
  await expect
    .poll(() => Date.now() - talkingSince, { timeout: 2 * CONTACT_TALK_MS, interval: 250 })
    .toBeGreaterThan(CONTACT_TALK_MS + 500);
  await desk.hangUp();
  expect(await citizen.ended).toBe('byThem');

  // Recorded from the citizen's answer on, each on his side; what the unit was asked before is not in it.
  const kept = await KeptRecording.of(town, callId);
  expect(kept.summary).toEqual([
    { segment: 'main', state: 'stored', channels: 2, fault: null, gaps: [], isHashed: true },
  ]);
  const talked = kept.at('talkStarted');
  expect(kept.heard('citizen', { fromMs: talked })).toEqual(['citizen']);
  expect(kept.heard('staff', { fromMs: talked })).toEqual(['first']);
  expect(kept.at('recordingBegan')).toBeGreaterThanOrEqual(talked);

  const seen = await until('the contact on the ticket', 20_000, async () => {
    const read = await unit.get<{ state: string; timeline: readonly { type: string; body: object }[] }>(
      `/v1/tickets/${ticket.id}`,
    );
    return read.state === 'inContact' ? read : null;
  });
  expect(seen.timeline.map(({ type }) => type).slice(2)).toEqual(['citizenCalled', 'signFor', 'contact']);
  expect(seen.timeline[2]?.body).toMatchObject({
    callId,
    unitCode: 'water',
    phone: '抢修班',
    outcome: 'reached',
  });
  const { calls } = await unit.get<{ calls: readonly object[] }>(`/v1/tickets/${ticket.id}/citizen-calls`);
  expect(calls).toMatchObject([{ callId, outcome: 'reached', provesContact: true, unit: { code: 'water' } }]);
  // Recorded to the ticket: the call is found by it, and its file by the call.
  const { purpose, about } = await town.inBooks<{ purpose: string; about: string }>(
    'select purpose, about_ticket as about from calls where id = $1',
    [callId],
  );
  expect({ purpose, about }).toEqual({ purpose: 'unitContact', about: ticket.id });

  await lookAround(
    `/v1/calls/${callId}`,
    `/v1/calls/${callId}/recordings`,
    `/v1/tickets/${ticket.id}/clips`,
    '/v1/jobs',
    '/v1/alarms',
  );
  // What the switch said to the unit's telephone, from the invitation to the good-bye: header, name, address and SDP.
  const toUnit = tap.of(desk.id);
  const said = (first: RegExp) => toUnit.filter((message) => first.test(message)).length;
  expect([said(/^INVITE /), said(/^ACK /)].every((times) => times > 0)).toBe(true);
  expect(toUnit.some((message) => message.includes('m=audio'))).toBe(true);
  expect(toUnit.some((message) => message.includes('P-Asserted-Identity'))).toBe(true);
  // Nor does he learn the unit's.
  const toCitizen = tap.of(citizen.id);
  expect(toCitizen.length).toBeGreaterThan(4);
  expect(toCitizen.filter((message) => message.includes(UNIT_PHONE))).toEqual([]);
  const files = await readdir(town.asterisk.recordingsDir, { recursive: true });
  expect(files.some((name) => name.includes(callId))).toBe(true);
  const told = [
    ...toUnit,
    ...files,
    JSON.stringify(kept.rows),
    ...ears.flatMap(({ heard }) => heard),
    town.api.log(),
    town.callControl.log(),
    town.worker.log(),
    town.asteriskLog(),
  ];
  // The books know whom we called; that is the only place.
  expect(JSON.stringify(kept.facts)).toContain(CITIZEN);
  expect(ears.every(({ heard }) => heard.length > 14)).toBe(true);
  expect(told.filter((text) => text.includes(CITIZEN) || text.includes('李向阳'))).toEqual([]);
}, 90_000);

test('a voicemail at the unit presses nothing: the citizen’s telephone stays silent, and that is no contact', async () => {
  const unit = await ApiClient.signIn(town.apiUrl, 'unit.water', town.passwordOf('unit.water'));
  const { phones } = await unit.get<{ phones: readonly { id: string }[] }>('/v1/unit-phones');
  const ticket = await town.lead.post<{ id: string }>('/v1/tickets', {
    type: 'HELP',
    categoryCode: 'uncategorised',
    content: '家中停水',
    citizenNumber: CITIZEN,
    unitCode: 'water',
  });
  const carrier = await town.unitPhone();
  const ringing = carrier.nextCall(10_000);
  await unit.post(`/v1/tickets/${ticket.id}/citizen-calls`, { phoneId: phones[0]?.id ?? '' });
  const machine = await ringing;
  await machine.answer();
  await machine.sound.untilHears(PROMPT_HZ['unit-call-confirm'], 8_000);
  await machine.hangUp();
  const call = await until('the end of the call', 20_000, async () => {
    const { calls } = await unit.get<{ calls: readonly { outcome: string | null }[] }>(
      `/v1/tickets/${ticket.id}/citizen-calls`,
    );
    return calls[0]?.outcome == null ? null : calls[0];
  });
  expect(call).toMatchObject({ outcome: 'notPlaced', provesContact: false, talkMs: null });
  expect(carrier.calls.map(({ dialled }) => dialled)).not.toContain(CITIZEN);
  expect((await unit.get<{ state: string }>(`/v1/tickets/${ticket.id}`)).state).toBe('dispatched');
});
