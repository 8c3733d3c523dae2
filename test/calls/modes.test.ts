import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../src/demo/api-client.ts';
import { Phone } from '../../src/demo/phone/phone.ts';
import { PROMPT_HZ, Town } from '../support/town.ts';

// Numbers by their modes and by the moment: the last minute of a transition and the first one after it, a desk inside
// and outside its hours, a number that is cancelled, and another centre at the other end.

/** The last minute of 2020 and the first of 2021: call control applies the rules of those moments. */
const LAST_MINUTE = '2020-12-31T23:59:00+08:00';
const FIRST_MINUTE = '2021-01-01T00:00:00+08:00';

let town: Town;
let centre: Phone;
beforeAll(async () => {
  town = await Town.found();
  centre = await Phone.open();
  await publishNumbers();
  await callControlAt(LAST_MINUTE);
});
afterAll(async () => {
  await centre?.close();
  await town?.raze();
});
afterEach(() => town?.rest());

/** Call control anew, applying the rules as if it were this moment now. */
async function callControlAt(moment: string): Promise<void> {
  await town.callControl.stop();
  await town.callControl.start({ TRAINING_CLOCK: moment });
  await town.untilAnswering();
}

async function publishNumbers(): Promise<void> {
  const [operator, second] = await Promise.all(
    ['operator', 'operator2'].map((name) => ApiClient.signIn(town.apiUrl, name, town.passwordOf(name))),
  );
  if (operator === undefined || second === undefined) throw new Error('the sample has two operators');
  const line = (number: string, mode: string, more: object = {}) => ({
    number,
    mode,
    name: `热线${number}`,
    unitCode: 'transport',
    validFrom: '2020-10-01',
    basis: '测试',
    ...more,
  });
  const { number } = await operator.post<{ number: number }>('/v1/rules/versions', { title: '各种归并方式' });
  await operator.post(`/v1/rules/versions/${number}/edits`, {
    revision: 1,
    edit: {
      lines: [
        line('12371', 'TRANSITION', { validTo: '2020-12-31', afterEnd: 'connect' }),
        line('12372', 'TRANSITION', { validTo: '2020-12-31', afterEnd: 'goodbye' }),
        line('12373', 'MERGED'),
        line('12374', 'SUBCENTER', {
          trunk: 'carrier',
          centreAddress: `sip:12374@127.0.0.1:${centre.port}`,
        }),
        // Over midnight at the minute before, not any more at the minute after.
        { number: '12369', hours: '23:30-24:00' },
      ],
    },
  });
  await operator.post(`/v1/rules/versions/${number}/publish`, { reason: '来函归并' });
  await second.post(`/v1/rules/versions/${number}/approve`, { reason: '同意归并' });
}

/** A citizen dials, hears the prompts, and speaks with whoever answers at this agent's telephone. */
async function speaks(
  dialled: string,
  number: string,
  prompts: readonly (keyof typeof PROMPT_HZ)[],
  who: string,
) {
  const agent = await town.agent(who);
  const citizen = await town.citizen({ dialled, number });
  for (const prompt of prompts) await citizen.sound.untilHears(PROMPT_HZ[prompt], 5_000);
  const call = await agent.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  return town.callInBooks(number);
}

test('in its last minute a transition is a transition, whatever comes after it', async () => {
  const detail = await speaks('12372', '13800137001', ['greeting-main', 'transition-notice'], '1001');
  expect(detail).toMatchObject({
    line: '12372',
    mode: 'TRANSITION',
    queue: 'general',
    result: 'answeredByAgent',
  });
});

test('a dedicated desk answers in its hours', async () => {
  const detail = await speaks('12369', '13800137002', ['greeting-dedicated'], '1005');
  expect(detail).toMatchObject({ mode: 'DEDICATED', queue: 'desk-12369', agentNumber: '1005' });
});

test('a merged number reaches the general desk, and says that it was merged', async () => {
  const detail = await speaks('12373', '13800137003', ['greeting-merged'], '1002');
  expect(detail).toMatchObject({ line: '12373', mode: 'MERGED', queue: 'general', agentNumber: '1002' });
});

test('a sub-centre’s number is answered at the other centre, and the two hear each other', async () => {
  const citizen = await town.citizen({ dialled: '12374', number: '13800137004' });
  await citizen.sound.untilHears(PROMPT_HZ['greeting-centre'], 5_000);
  const call = await centre.nextCall(10_000);
  expect(call.dialled).toBe('12374');
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  expect(await call.ended).toBe('byThem');
  expect(await town.callInBooks('13800137004')).toMatchObject({
    line: '12374',
    mode: 'SUBCENTER',
    queue: null,
    result: 'answeredByCentre',
  });
});

test('what the centre sends back to us is not handed to it again: a person answers', async () => {
  const agent = await town.agent('1003');
  const header = `Diversion: <sip:12374@127.0.0.1:${centre.port}>;reason=no-answer`;
  const citizen = await town.citizen({ dialled: '12374', number: '13800137005', headers: [header] });
  const call = await agent.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  const detail = await town.callInBooks('13800137005');
  expect(detail).toMatchObject({ mode: 'SUBCENTER', queue: 'general', agentNumber: '1003' });
  expect(detail.facts.filter(({ type }) => type === 'anomaly').map(({ body }) => body.code)).toEqual([
    'forwarding.loop',
  ]);
  expect(centre.calls).toEqual([]);
});

test('a minute later both transitions are over, and the desk is closed', async () => {
  await callControlAt(FIRST_MINUTE);
  const connected = await speaks('12371', '13800137006', ['transition-ended'], '1001');
  expect(connected).toMatchObject({
    line: '12371',
    mode: 'TRANSITION_ENDED',
    queue: 'general',
    agentNumber: '1001',
  });

  const parting = await town.citizen({ dialled: '12372', number: '13800137007' });
  await parting.sound.untilHears(PROMPT_HZ['transition-closed'], 5_000);
  await parting.sound.untilHears(PROMPT_HZ.goodbye, 5_000);
  expect(await parting.ended).toMatchObject({ code: 0 });
  expect(await town.callInBooks('13800137007')).toMatchObject({
    line: '12372',
    mode: 'TRANSITION_ENDED',
    queue: null,
    agentNumber: null,
    result: 'informed',
    releasedBy: 'system',
  });

  const afterHours = await speaks('12369', '13800137008', ['greeting-off-hours'], '1002');
  expect(afterHours).toMatchObject({ mode: 'DEDICATED', queue: 'general', agentNumber: '1002' });
});
