import type { Page } from 'playwright-core';
import { ApiClient } from '../../src/demo/api-client.ts';
import { until } from '../../src/demo/poll.ts';
import { Citizen } from '../../src/demo/sipp/citizen.ts';
import type { BenchBrowser, TabMemory } from './bench-browser.ts';
import type { Hall } from './hall.ts';
import { SECRET } from './hall-services.ts';
import { menuOf, turnTo } from './page-times.ts';

/** Whose telephone is his page. */
export const DESK_AGENT = { username: 'bench-desk', password: SECRET } as const;
const APPEAL = '市民反映青园路路灯连续三盏不亮，已有一周，晚上行人看不清路面坑洼，要求尽快维修。';

export async function engageDeskAgent(hall: Hall): Promise<void> {
  const admin = await ApiClient.signIn(hall.apiUrl, 'admin', hall.passwordOf('admin'));
  await admin.post('/v1/accounts', {
    ...{ ...DESK_AGENT, displayName: '沈悦', roles: ['agent'] },
    agent: { employer: 'platform', queues: ['general'], phoneKind: 'browser' },
  });
  await admin.signOut();
}

const presence = (page: Page) => page.getByTestId('presence');

/** At the desk, his telephone registered, ready. */
async function ready(page: Page): Promise<void> {
  await page.goto('/desk');
  await page.getByRole('button', { name: '话机就绪' }).waitFor();
  await until('the agent ready', 30_000, async () => {
    await page.keyboard.press('Alt+r');
    return (await presence(page).textContent())?.includes('示闲') === true ? true : null;
  });
}

/** A citizen calls, is answered by a key, and says nothing of use: written down, closed as invalid, hung up. */
async function oneCall(hall: Hall, page: Page, number: string): Promise<void> {
  const citizen = await Citizen.dial({ sipp: hall.tools.sipp, to: hall.sip, dialled: '12345', number });
  try {
    await page.getByRole('article').getByText('来电，已等待').waitFor();
    await page.keyboard.press('F2');
    await page.getByRole('article').getByText('与市民通话').waitFor();
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type(APPEAL);
    await page.keyboard.press('Alt+h');
    // As in the tests: it is chosen when it is there to be chosen. Lost, each call would stay open, and stand in the desk's list.
    await page.getByRole('textbox', { name: '无效来电的理由' }).waitFor();
    await page.keyboard.press('Alt+Shift+1');
    await page.getByRole('status', { name: '通话去向' }).getByText('无效来电').waitFor();
    await page.keyboard.press('F10');
    await citizen.ended;
    await presence(page).getByText('示闲').waitFor();
  } finally {
    await citizen.dispose();
  }
}

export interface DeskHour {
  readonly calls: number;
  readonly turns: number;
  readonly before: TabMemory;
  readonly after: TabMemory;
}

/** An hour at the desk without its pauses: so many calls, and after each a look at some other pages. */
export async function deskHour(
  hall: Hall,
  browser: BenchBrowser,
  calls: number,
  turnsEach: number,
  say: (text: string) => void,
): Promise<DeskHour> {
  const page = await browser.window(DESK_AGENT);
  await ready(page);
  const pages = (await menuOf(page)).filter((href) => href !== '/desk');
  const before = await browser.memoryOf(page);
  let turns = 0;
  for (let nth = 0; nth < calls; nth += 1) {
    await oneCall(hall, page, `138${String(10_000_000 + nth)}`);
    for (let at = 0; at < turnsEach - 1; at += 1) {
      await turnTo(page, pages[(nth + at) % pages.length] ?? '/desk');
      turns += 1;
    }
    await turnTo(page, '/desk');
    turns += 1;
    if ((nth + 1) % 10 === 0) say(`  ${nth + 1} calls, ${turns} page changes`);
  }
  const after = await browser.memoryOf(page);
  await page.request.post('/v1/agents/me/sign-out');
  return { calls, turns, before, after };
}
