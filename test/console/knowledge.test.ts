import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../src/demo/poll.ts';
import { ConsoleBrowser, expectAccessible } from '../support/console-browser.ts';
import { Town } from '../support/town.ts';

let town: Town;
let browser: ConsoleBrowser;
beforeAll(async () => {
  town = await Town.found();
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

const at = (username: string, path: string) => browser.signedIn(username, town.passwordOf(username), path);
interface Hits {
  readonly hits: readonly { readonly id: string; readonly title: string }[];
}
/** The worker reads the sample into the index once the town stands. */
const indexed = (words: string, kind: 'entry' | 'place') =>
  until(`“${words}” in the index`, 60_000, async () => {
    const path = `/v1/knowledge/search?kind=${kind}&words=${encodeURIComponent(words)}`;
    const [hit] = (await town.lead.get<Hits>(path)).hits;
    return hit ?? null;
  });

test('an agent types a citizen’s words, reads the answer beside the list, and doubts it with one key', async () => {
  const { id, title } = await indexed('社保卡丢了怎么办', 'entry');
  const page = await at('1001', '/knowledge');
  await page.getByText('输入市民的话，边输边查').waitFor();
  await page.getByText('条目', { exact: true }).click();
  await page.getByLabel('用市民的话查').fill('社保卡丢了怎么办');
  const hits = page.getByRole('list', { name: '检索结果' });
  await hits.getByRole('button').filter({ hasText: title }).first().click();
  // Each hit says why it is one.
  await hits
    .getByText(/问题|其他问法|正文/)
    .first()
    .waitFor();
  const answer = page.getByRole('article');
  await answer.getByText('口播答复').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Alt+2');
  await page.getByRole('status').getByText('已提给负责单位').waitFor();

  await page.getByLabel('用市民的话查').press('Enter');
  await page.waitForURL(`**/knowledge/${id}`);
  await page.getByRole('list', { name: '版本' }).getByText('已发布').waitFor();
  await page.getByRole('list', { name: '提过的问题' }).getByText('过时').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  // The list is where it was.
  await page.waitForURL(/\/knowledge\?q=/);
  await hits.getByText(title).first().waitFor();
});

test('nothing found says what to do next', async () => {
  const page = await at('1001', '/knowledge?q=zzqqxx');
  await page.getByRole('status').getByText('没有找到').waitFor();
  // Nobody pressed a key for it: what was looked for in vain is known all the same, once.
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const askedFor = async (words: string) => {
    const path = `/v1/reports/knowledge?from=${day}&to=${day}`;
    const { inVain } = await town.lead.get<{ inVain: readonly { words: string; times: number }[] }>(path);
    return inVain.find((one) => one.words === words) ?? null;
  };
  await until('the question on record', 20_000, () => askedFor('zzqqxx'));
  // Asked for again with the key, and answered again; once the second answer is there, the page is done with the first.
  const field = page.getByLabel('用市民的话查');
  for (let times = 0; times < 2; times += 1) {
    const answered = page.waitForResponse(/\/v1\/knowledge\/search/);
    await field.press('Enter');
    await (await answered).finished();
  }
  // What is asked for after that is on record after that.
  await field.fill('zzqqyy');
  await until('the next question on record', 20_000, () => askedFor('zzqqyy'));
  expect(await askedFor('zzqqxx')).toMatchObject({ times: 1 });
});

test('places near are listed by distance, with what is open now', async () => {
  const { title } = await indexed('医院', 'place');
  const page = await at('1001', '/places');
  await page.getByLabel('找什么').fill('医院');
  await page.getByLabel('市民在哪里').fill(title);
  await page.keyboard.press('Enter');
  await page.getByText('为起点，直线距离').waitFor();
  const near = page.getByRole('list', { name: '附近的场所' }).getByRole('listitem');
  await near
    .first()
    .getByText(/^\d+ 米$|公里$/)
    .waitFor();
  await near
    .first()
    .getByText(/开放|关门/)
    .first()
    .waitFor();
  // Beside the list a sketch of where each lies, north up; by the keyboard from one to the next, and the list goes with it.
  const map = page.getByRole('figure', { name: /示意图，上北下南/ });
  await map.getByText('北', { exact: true }).waitFor();
  const marks = map.locator('button[aria-pressed]');
  expect(await marks.count()).toBeGreaterThan(1);
  await page.getByLabel('找什么').press('ArrowDown');
  await map.locator('button[aria-pressed="true"]').waitFor();
  await marks.first().focus();
  await page.keyboard.press('ArrowRight');
  const second = await marks.nth(1).getAttribute('aria-label');
  await expect.poll(() => marks.nth(1).getAttribute('aria-pressed')).toBe('true');
  const chosen = near.filter({ has: page.locator('button[aria-pressed="true"]') });
  const [number = '', name = ''] = second?.split(' ') ?? [];
  await chosen.getByRole('button', { name: new RegExp(`^${number} .*${name}`) }).waitFor();
  // Looked at from nearer fewer are seen, and it says how many are not.
  const seen = await marks.count();
  while (
    (await marks.count()) === seen &&
    (await page.getByRole('button', { name: '放大', exact: true }).isEnabled())
  )
    await page.keyboard.press('+');
  await page.getByText(/图外还有 \d+ 处/).waitFor();
  await expectAccessible(page);
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
