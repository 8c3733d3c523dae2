import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ApiClient, type CallDetailSeen } from '../../src/demo/api-client.ts';
import { until } from '../../src/demo/poll.ts';
import type { Citizen } from '../../src/demo/sipp/citizen.ts';
import { SAMPLE_RATE } from '../../src/demo/sound/alaw.ts';
import { toneShare } from '../../src/demo/sound/tone.ts';
import { type Menu, NODE_DEFAULTS, prompt, type Target } from '../../src/domain/ivr/menu.ts';
import { CITIZEN_HZ, PROMPT_HZ, Town } from '../support/town.ts';

// What a citizen does alone on the telephone: the keys of a menu, a message, the progress of a ticket; and a sub-centre.

const LINE = '12319';
const CENTRE_LINE = '12328';

const choice = (digits: string, label: string, target: Target) => ({
  digits,
  label,
  target,
  when: null,
  counter: null,
});
const PERSON = { kind: 'queue', queue: 'general' } as const;
const MENU: Menu = {
  code: 'self-service',
  name: '自助服务',
  languages: ['zh-CN'],
  start: 'start',
  nodes: [
    {
      ...NODE_DEFAULTS,
      id: 'start',
      name: '主菜单',
      redirects: [{ when: { kind: 'vulnerable' }, to: PERSON, reason: '直达人工' }],
      prompts: [prompt('menu-person', { announces: ['0', '1', '2', '3', '5'] })],
      choices: [
        choice('0', '人工', PERSON),
        choice('1', '留言', {
          kind: 'message',
          prompts: [prompt('menu-message')],
          queue: 'general',
          maxMs: 20_000,
        }),
        choice('2', '专席', { kind: 'queue', queue: 'desk-12369' }),
        choice('3', '结束', { kind: 'goodbye', prompts: [prompt('goodbye')] }),
        choice('5', '进度', {
          kind: 'ticketStatus',
          ask: [prompt('menu-ticket-ask')],
          notFound: [prompt('menu-ticket-not-found')],
          timeoutMs: 5_000,
          retries: 0,
          afterwards: { kind: 'goodbye', prompts: [prompt('goodbye')] },
          exit: PERSON,
        }),
      ],
      timeoutMs: 1_500,
      onWrong: { prompts: [prompt('menu-wrong')], to: null },
      onNothing: { prompts: [prompt('menu-nothing')], to: null },
      exit: PERSON,
    },
  ],
  texts: {},
};

let town: Town;
beforeAll(async () => {
  town = await Town.found();
  const operator = await ApiClient.signIn(town.apiUrl, 'operator', town.passwordOf('operator'));
  const { number, revision } = await operator.post<{ number: number; revision: number }>(
    '/v1/rules/versions',
    {
      title: '自助菜单',
    },
  );
  const centreAddress = `sip:95598@127.0.0.1:${town.asterisk.carrierPort}`;
  await operator.post(`/v1/rules/versions/${number}/edits`, {
    revision,
    edit: {
      menus: [MENU],
      lines: [
        { number: LINE, menu: MENU.code },
        { number: CENTRE_LINE, mode: 'SUBCENTER', trunk: 'carrier', centreAddress },
      ],
    },
  });
  const inForce = (): number => town.callControl.log().split('a configuration is in force').length;
  const before = inForce();
  await operator.post(`/v1/rules/versions/${number}/publish`, { reason: '试行自助菜单' });
  // To hand calls to another centre takes two.
  const other = await ApiClient.signIn(town.apiUrl, 'operator2', town.passwordOf('operator2'));
  await other.post(`/v1/rules/versions/${number}/approve`, { reason: '已与分中心核实' });
  await until('the menu in force', 10_000, async () => (inForce() > before ? true : null));
});
afterAll(() => town?.raze());
afterEach(() => town?.rest());

const types = ({ facts }: CallDetailSeen): string[] => facts.map(({ type }) => type);
const heard = ({ facts }: CallDetailSeen): unknown[] =>
  facts.flatMap(({ type, body }) => (type === 'announcementPlayed' ? [body.prompt] : []));

/** Speaks after the tone until about two seconds of it have arrived in the file of the message. */
async function say(citizen: Citizen): Promise<void> {
  const before = new Set(await readdir(folder()));
  await citizen.sound.untilHears(PROMPT_HZ['message-tone'], 8_000);
  citizen.sound.speak(CITIZEN_HZ);
  await until('two seconds of the message', 15_000, async () => {
    const fresh = (await readdir(folder())).filter((name) => !before.has(name));
    const sizes = await Promise.all(fresh.map(async (name) => (await stat(join(folder(), name))).size));
    return sizes.some((size) => size >= 2 * SAMPLE_RATE * BYTES_A_SAMPLE) ? true : null;
  });
}
const BYTES_A_SAMPLE = 2;
const folder = (): string => join(town.asterisk.recordingsDir, 'messages');

/** The message lies there with the citizen's voice in it. */
async function expectVoiceIn(callId: string): Promise<void> {
  const { windows } = await town.messageOf(callId);
  expect(windows.filter((window) => toneShare(window, CITIZEN_HZ) > 0.8).length).toBeGreaterThan(5);
}
test('a key pressed during the greeting counts; a message is left, played back by its tone, and becomes a ticket', async () => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: LINE, number: '13800138101' });
  await citizen.sound.untilHears(PROMPT_HZ['greeting-forwarded'], 5_000);
  await citizen.sound.press('1');
  await citizen.sound.untilHears(PROMPT_HZ['menu-message'], 8_000);
  await say(citizen);
  await citizen.sound.press('#');
  await citizen.sound.untilHears(PROMPT_HZ['message-thanks'], 8_000);
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
  const call = await town.callInBooks('13800138101');
  expect(call).toMatchObject({ line: LINE, result: 'messageLeft', releasedBy: 'system', agentId: null });
  expect(heard(call)).not.toContain('menu-person');
  await expectVoiceIn(call.id);

  const { messages } = await agent.api.get<{ messages: { callId: string; durationMs: number }[] }>(
    '/v1/voice-messages?open=true',
  );
  expect(messages).toMatchObject([{ callId: call.id }]);
  expect(messages[0]?.durationMs).toBeGreaterThanOrEqual(2_000);
  const { id } = await agent.api.post<{ id: string }>('/v1/tickets', {
    callId: call.id,
    type: 'HELP',
    categoryCode: 'environment.noise',
    content: '留言反映夜间噪声。',
  });
  expect(await agent.api.get(`/v1/tickets/${id}`)).toMatchObject({
    channel: 'voiceMessage',
    callId: call.id,
  });
  expect(await agent.api.get('/v1/voice-messages?open=true')).toMatchObject({ messages: [] });
});

test('a message ends when the citizen hangs up, and holds what he said', async () => {
  const citizen = await town.citizen({ dialled: LINE, number: '13800138111' });
  await citizen.sound.untilHears(PROMPT_HZ['greeting-forwarded'], 5_000);
  await citizen.sound.press('1');
  await say(citizen);
  citizen.hangUp();
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'citizen' });
  const call = await town.callInBooks('13800138111');
  expect(call).toMatchObject({ result: 'messageLeft', releasedBy: 'caller' });
  expect(call.facts.filter(({ type }) => type === 'messageLeft')).toMatchObject([
    { body: { end: 'hungUp', queue: 'general' } },
  ]);
  await expectVoiceIn(call.id);
});

test('call control is killed while the citizen speaks, and he hangs up: the message is there, once', async () => {
  const citizen = await town.citizen({ dialled: LINE, number: '13800138102' });
  await citizen.sound.untilHears(PROMPT_HZ['menu-person'], 8_000);
  await citizen.sound.press('1');
  await say(citizen);
  await town.callControl.kill();
  citizen.hangUp();
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'citizen' });
  await town.callControl.start();
  const call = await town.callInBooks('13800138102');
  expect(call).toMatchObject({ result: 'messageLeft' });
  expect(types(call).filter((type) => type === 'messageLeft')).toHaveLength(1);
  await expectVoiceIn(call.id);
  await town.untilAnswering();
});

test('a key after the prompt, a wrong one first', async () => {
  const desk = await town.agent('1005');
  const citizen = await town.citizen({ dialled: LINE, number: '13800138103' });
  await citizen.sound.untilHears(PROMPT_HZ['menu-person'], 8_000);
  await citizen.sound.press('9');
  await citizen.sound.untilHears(PROMPT_HZ['menu-wrong'], 8_000);
  await citizen.sound.untilHears(PROMPT_HZ['menu-person'], 8_000);
  await citizen.sound.press('2');
  const call = await desk.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(await town.callInBooks('13800138103')).toMatchObject({ queue: 'desk-12369', agentNumber: '1005' });
});

test('no key at all: asked once more, then a person', async () => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: LINE, number: '13800138104' });
  await citizen.sound.untilHears(PROMPT_HZ['menu-nothing'], 10_000);
  const call = await agent.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  const detail = await town.callInBooks('13800138104');
  expect(detail).toMatchObject({ queue: 'general', result: 'answeredByAgent' });
  expect(heard(detail).filter((one) => one === 'menu-person')).toHaveLength(2);
});

test('a good-bye of the menu’s', async () => {
  const citizen = await town.citizen({ dialled: LINE, number: '13800138105' });
  await citizen.sound.untilHears(PROMPT_HZ['menu-person'], 8_000);
  await citizen.sound.press('3');
  await citizen.sound.untilHears(PROMPT_HZ.goodbye, 8_000);
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
  expect(await town.callInBooks('13800138105')).toMatchObject({ result: 'informed', releasedBy: 'system' });
});

test('the progress of a ticket is told to its citizen, and nobody’s digits are in a log', async () => {
  const { number } = await town.lead.post<{ number: string }>('/v1/tickets', {
    type: 'COMPLAINT',
    categoryCode: 'environment.noise',
    content: '工地夜间施工。',
    citizenNumber: '138 0013 8106',
    unitCode: 'ecology',
  });
  const lastFour = number.slice(-4);
  const citizen = await town.citizen({ dialled: LINE, number: '13800138106' });
  await citizen.sound.untilHears(PROMPT_HZ['menu-person'], 8_000);
  await citizen.sound.press('5');
  await citizen.sound.untilHears(PROMPT_HZ['menu-ticket-ask'], 8_000);
  await citizen.sound.press(lastFour);
  await citizen.sound.untilHears(PROMPT_HZ['ticket-dispatched'], 8_000);
  await citizen.sound.untilHears(PROMPT_HZ['ticket-person'], 8_000);
  expect(await citizen.ended).toMatchObject({ code: 0, by: 'switch' });
  const call = await town.callInBooks('13800138106');
  expect(call.facts.flatMap(({ body }) => (body.digits === undefined ? [] : [body.digits]))).toEqual([
    '5',
    '****',
  ]);
  // Neither as a whole nor key by key, and the number only with its middle hidden.
  expect(town.callControl.log()).not.toMatch(/"(digits?|lastFour|typedAhead|buffer)":/);
  expect(town.callControl.log()).not.toContain('13800138106');
});

test('with PostgreSQL silent a ticket is a person’s to look up, and nobody waits long for that', async () => {
  const agent = await town.agent('1001');
  const citizen = await town.citizen({ dialled: LINE, number: '13800138112' });
  await citizen.sound.untilHears(PROMPT_HZ['menu-person'], 8_000);
  town.postgres.freeze();
  try {
    await citizen.sound.press('5');
    await citizen.sound.untilHears(PROMPT_HZ['menu-ticket-ask'], 8_000);
    await citizen.sound.press('1234');
    const call = await agent.phone.nextCall(8_000);
    await call.answer();
    await town.converse(citizen, call);
    citizen.hangUp();
    await call.ended;
  } finally {
    await town.postgres.mend();
  }
  const detail = await town.callInBooks('13800138112');
  expect(detail.facts.find(({ type }) => type === 'menuLeft')?.body).toMatchObject({
    reason: 'lookupFailed',
  });
});

test('who is noted as vulnerable hears no menu', async () => {
  const agent = await town.agent('1001');
  await agent.api.post('/v1/caller-notes', { number: '13800138107', vulnerable: true, note: '视力不便' });
  const citizen = await town.citizen({ dialled: LINE, number: '13800138107' });
  const call = await agent.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(heard(await town.callInBooks('13800138107'))).not.toContain('menu-person');
});

test('a sub-centre is rung at its own address and talks; one that is busy gives the citizen back', async () => {
  const [centre, agent] = await Promise.all([town.unitPhone(), town.agent('1001')]);
  const citizen = await town.citizen({ dialled: CENTRE_LINE, number: '13800138108' });
  const call = await centre.nextCall(10_000);
  expect(call.dialled).toBe('95598');
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(await town.callInBooks('13800138108')).toMatchObject({
    mode: 'SUBCENTER',
    result: 'answeredByCentre',
    agentId: null,
  });
  centre.onCall = (next) => next.reject(486);
  const second = await town.citizen({ dialled: CENTRE_LINE, number: '13800138109' });
  await second.sound.untilHears(PROMPT_HZ['return-busy'], 10_000);
  const back = await agent.phone.nextCall(10_000);
  await back.answer();
  await town.converse(second, back);
  second.hangUp();
  expect(await town.callInBooks('13800138109')).toMatchObject({
    queue: 'general',
    result: 'answeredByAgent',
  });
});
