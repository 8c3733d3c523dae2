import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConsoleBrowser } from '../support/console-browser.ts';
import { saysWhatToDo } from '../support/empty-words.ts';
import { Town } from '../support/town.ts';

// A town on its first day: whoever opens a page that has nothing to show is told what there is none of and what to do, in
// his language; no list just stays away.

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

/** Between them they see every page of the menu. */
const PEOPLE = ['1001', 'lead', 'operator', 'reviewer', 'dispatcher', 'supervisor', 'unit.ecology', 'admin'];
const LANGUAGES = ['zh-CN', 'en'] as const;

/** Lists in sight that hold nothing, and beside which nothing is said; the words of those beside which something is. */
const LOOK = `(() => {
  const inSight = (one) => one.checkVisibility();
  const main = document.querySelector('main');
  if (main === null || main.querySelector('[aria-busy=true]') !== null) return null;
  const silent = [...main.querySelectorAll('ul, ol, tbody')].filter((list) =>
    list.children.length === 0 && inSight(list) &&
    ![list.parentElement, list.parentElement.parentElement].some((near) =>
      [...near.querySelectorAll('.el-empty, p, [role=status], [role=alert]')].some((one) => inSight(one) && one.textContent.trim() !== '')));
  const empty = [...main.querySelectorAll('.el-empty')].filter(inSight).map((one) => ({
    says: one.querySelector('.el-empty__description').innerText.trim(),
    offers: one.querySelector('button, a') !== null,
  }));
  // What is still read is told with three dots.
  if (empty.some(({ says }) => says.endsWith('…'))) return null;
  return { silent: silent.map((one) => one.outerHTML.slice(0, 200)), empty };
})()`;
interface Look {
  readonly silent: readonly string[];
  readonly empty: readonly { readonly says: string; readonly offers: boolean }[];
}

/** What it says when it has read what there is. */
async function lookAt(page: Page, where: string): Promise<Look['empty']> {
  let seen: Look | null = null;
  await expect
    .poll(
      async () => {
        seen = await page.evaluate<Look | null>(LOOK);
        return seen?.silent;
      },
      { message: `lists of ${where} that say nothing` },
    )
    .toEqual([]);
  return (seen as Look | null)?.empty ?? [];
}

const isTold = (says: string, language: (typeof LANGUAGES)[number]): boolean =>
  saysWhatToDo(says, language) && /\p{Script=Han}/u.test(says) === (language === 'zh-CN');

test.each(LANGUAGES)('in %s', async (language) => {
  const seen = new Map<string, boolean>();
  const untold: string[] = [];
  for (const username of PEOPLE) {
    const page = await browser.window();
    await page.addInitScript(`localStorage.setItem('yihaotong.language', '${language}')`);
    const data = { username, password: town.passwordOf(username) };
    expect((await page.request.post('/v1/session', { data })).ok()).toBe(true);
    await page.goto('/');
    await page.locator('nav.menu a').first().waitFor();
    const hrefs = await page.evaluate<readonly string[]>(
      `[...document.querySelectorAll('nav.menu a')].map((one) => one.getAttribute('href'))`,
    );
    for (const href of hrefs.filter((one) => !seen.has(one))) {
      seen.set(href, true);
      await page.goto(href);
      await page.locator('main > *').first().waitFor();
      const tabs = page.locator('main').getByRole('tab');
      for (let nth = 0; nth < Math.max(1, await tabs.count()); nth += 1) {
        if (nth > 0) await tabs.nth(nth).click();
        for (const { says, offers } of await lookAt(page, `${href} (${nth})`))
          if (!offers && !isTold(says, language)) untold.push(`${href}: ${says}`);
      }
    }
    await page.context().close();
  }
  expect(seen.size).toBeGreaterThan(25);
  expect(untold).toEqual([]);
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
