import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ApiClient, type CallDetailSeen } from '../../src/demo/api-client.ts';
import { PROMPT_HZ, Town } from '../support/town.ts';

// An operator changes the rules at the command line while calls run: the next call goes the new way, and nobody who is
// on the telephone notices.

let town: Town;
let operator: ApiClient;
beforeAll(async () => {
  town = await Town.found();
  operator = await ApiClient.signIn(town.apiUrl, 'operator', town.passwordOf('operator'));
});
afterAll(() => town?.raze());
afterEach(async () => {
  await town.redis.mend();
  await town.rest();
});

const ROOT = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** `npm run rules -- …`, without npm. */
async function rules(...words: readonly string[]): Promise<string> {
  const args = [resolve(ROOT, 'dist/main.js'), 'rules', ...words, '--api', town.apiUrl];
  const env = { ...process.env, YIHAOTONG_PASSWORD: town.passwordOf('operator') };
  const { stdout } = await run(process.execPath, args, { cwd: ROOT, env });
  return stdout;
}

/** By the word that is sent round, not by the look that is taken once a minute; a busy machine adds to it. */
const PUSHED_MS = 10_000;

interface Published {
  readonly number: number;
  readonly publishedAt: string;
}
const newest = async (): Promise<Published> => {
  const { versions } = await operator.get<{ versions: readonly Published[] }>('/v1/rules/versions?limit=1');
  const [first] = versions;
  if (first === undefined) throw new Error('there are no rules');
  return first;
};

/** How long call control took to take over what was published last. */
async function takenOverAfterMs(): Promise<number> {
  const { publishedAt } = await newest();
  const seen = (): number => {
    const told = town.callControl
      .log()
      .split('\n')
      .filter((line) => line.includes('a configuration is in force'))
      .map((line) => Date.parse(String((JSON.parse(line) as { time: unknown }).time)))
      .find((at) => at >= Date.parse(publishedAt));
    return told === undefined ? Infinity : told - Date.parse(publishedAt);
  };
  await expect.poll(seen, { timeout: 10_000 }).toBeLessThan(Infinity);
  return seen();
}

const recognised = ({ facts }: CallDetailSeen) =>
  facts.find(({ type }) => type === 'callRecognised')?.body as {
    readonly mode: string;
    readonly configurationVersion: number;
  };

test('a line’s mode changed at the command line: the next call goes the new way, the one in progress its own', async () => {
  const [general, water] = [await town.agent('1001'), await town.agent('1008')];
  const first = await town.citizen({ dialled: '12319', number: '13800139001' });
  const one = await general.phone.nextCall(10_000);
  await one.answer();
  await town.converse(first, one);

  const told = await rules(
    'change',
    '12319',
    'mode=DEDICATED',
    'queue=desk-water',
    '--reason',
    '试行专席受理',
  );
  expect(told).toContain('已发布');
  const second = await town.citizen({ dialled: '12319', number: '13800139002' });
  await second.sound.untilHears(PROMPT_HZ['greeting-dedicated'], 5_000);
  const two = await water.phone.nextCall(10_000);
  await two.answer();
  await town.converse(second, two);
  await town.converse(first, one);
  expect(await takenOverAfterMs()).toBeLessThan(PUSHED_MS);

  const back = await rules('rollback', '--reason', '试行结束恢复原状');
  expect(back).toContain('已发布');
  const another = await town.agent('1002');
  const third = await town.citizen({ dialled: '12319', number: '13800139003' });
  await third.sound.untilHears(PROMPT_HZ['greeting-forwarded'], 5_000);
  const three = await another.phone.nextCall(10_000);
  await three.answer();
  await town.converse(third, three);
  await town.converse(first, one);
  expect(await takenOverAfterMs()).toBeLessThan(PUSHED_MS);

  for (const citizen of [first, second, third]) citizen.hangUp();
  const calls = await Promise.all(
    ['13800139001', '13800139002', '13800139003'].map((number) => town.callInBooks(number)),
  );
  expect(calls.map(({ mode, queue, result }) => ({ mode, queue, result }))).toEqual([
    { mode: 'FORWARD', queue: 'general', result: 'answeredByAgent' },
    { mode: 'DEDICATED', queue: 'desk-water', result: 'answeredByAgent' },
    { mode: 'FORWARD', queue: 'general', result: 'answeredByAgent' },
  ]);
  const versions = calls.map((call) => recognised(call).configurationVersion);
  expect(versions).toEqual([versions[0], (versions[0] ?? 0) + 1, (versions[0] ?? 0) + 2]);
});

test('without Redis the word comes from the database alone, as fast', async () => {
  const water = await town.agent('1008');
  await town.redis.cut();
  const told = await rules(
    'change',
    '12318',
    'mode=DEDICATED',
    'queue=desk-water',
    '--reason',
    '试行专席受理',
  );
  expect(told).toContain('已发布');
  const took = await takenOverAfterMs();
  expect(took).toBeLessThan(PUSHED_MS);
  const citizen = await town.citizen({ dialled: '12318', number: '13800139011' });
  await citizen.sound.untilHears(PROMPT_HZ['greeting-dedicated'], 5_000);
  const call = await water.phone.nextCall(10_000);
  await call.answer();
  await town.converse(citizen, call);
  citizen.hangUp();
  await call.ended;
  await town.redis.mend();
  await town.untilAnswering();
  await rules('rollback', '--reason', '试行结束恢复原状');
});

test('a temporary change begins and ends by itself, at the worker’s hand', async () => {
  const water = await town.agent('1008');
  const drafted = await rules('draft', '临时专席');
  const number = /第 (\d+) 版/.exec(drafted)?.[1] ?? '';
  await rules('set', number, '12336', 'mode=DEDICATED', 'queue=desk-water');
  const [begins, ends] = [Date.now() + 4_000, Date.now() + 14_000];
  const told = await rules(
    ...['publish', number, '--reason', '临时调整'],
    ...['--at', new Date(begins).toISOString(), '--until', new Date(ends).toISOString()],
  );
  expect(told).toContain('待发布');
  await expect.poll(async () => (await newest()).publishedAt, { timeout: 10_000 }).not.toBeNull();
  expect(Date.parse((await newest()).publishedAt) - begins).toBeLessThan(PUSHED_MS);
  expect(await takenOverAfterMs()).toBeLessThan(PUSHED_MS);
  const during = await town.citizen({ dialled: '12336', number: '13800139021' });
  await during.sound.untilHears(PROMPT_HZ['greeting-dedicated'], 5_000);
  const call = await water.phone.nextCall(10_000);
  await call.answer();
  await town.converse(during, call);

  await expect.poll(async () => (await newest()).number, { timeout: 20_000 }).toBe(Number(number) + 1);
  expect(Date.parse((await newest()).publishedAt) - ends).toBeLessThan(PUSHED_MS);
  expect(await takenOverAfterMs()).toBeLessThan(PUSHED_MS);
  const after = await town.citizen({ dialled: '12336', number: '13800139022' });
  await after.sound.untilHears(PROMPT_HZ['greeting-forwarded'], 5_000);
  await town.converse(during, call);
  for (const citizen of [during, after]) citizen.hangUp();
  await call.ended;
});

test('thirty calls are up while the rule changes: none is lost, each keeps its version, the next takes the new one', async () => {
  const numbers = Array.from({ length: 30 }, (_, n) => `1380014${String(n).padStart(4, '0')}`);
  const [foremost = '', ...others] = numbers;
  const first = await town.citizen({ dialled: '12338', number: foremost });
  await first.answered;
  const citizens = [first];
  for (const number of others) citizens.push(await town.citizen({ dialled: '12338', number }));
  await Promise.all(citizens.map(({ answered }) => answered));
  for (const number of numbers) await town.untilCallIs(number, 'queued');

  await rules('change', '12338', 'mode=DEDICATED', 'queue=desk-water', '--reason', '试行专席受理');
  const water = await town.agent('1008');
  const late = await town.citizen({ dialled: '12338', number: '13800159999' });
  const call = await water.phone.nextCall(10_000);
  await call.answer();
  await town.converse(late, call);
  expect(await takenOverAfterMs()).toBeLessThan(PUSHED_MS);
  for (const number of numbers) await town.untilCallIs(number, 'queued');
  // The first in the row is served as the rules had it when he called.
  const general = await town.agent('1003');
  const served = await general.phone.nextCall(10_000);
  expect(served.from).toBe(foremost);
  await served.answer();
  await town.converse(first, served);

  for (const citizen of [...citizens, late]) citizen.hangUp();
  const last = await town.callInBooks('13800159999');
  expect(recognised(last).mode).toBe('DEDICATED');
  for (const [at, number] of numbers.entries()) {
    const seen = await town.callInBooks(number);
    expect(seen).toMatchObject({ mode: 'FORWARD', queue: 'general' });
    expect(seen.result).toBe(at === 0 ? 'answeredByAgent' : 'abandoned');
    expect(recognised(seen).configurationVersion).toBe(recognised(last).configurationVersion - 1);
  }
  await rules('rollback', '--reason', '试行结束恢复原状');
});
