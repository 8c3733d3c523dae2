import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ConsoleBrowser } from './console-browser.ts';
import { speakThere } from './desk-voice.ts';
import type { Town } from './town.ts';

export const DESK_PASSWORD = '沈悦-console-7341';

/** An agent whose telephone is the page that he works on. */
export interface DeskClerk {
  readonly username: string;
  readonly displayName: string;
  readonly number: string;
  /** Beside `agent`. */
  readonly roles?: readonly string[];
  /** Absent: the general one. */
  readonly queues?: readonly string[];
}

export async function employ(town: Town, clerks: readonly DeskClerk[]): Promise<void> {
  const admin = await town.as('admin');
  for (const { username, displayName, number, roles = [], queues = ['general'] } of clerks) {
    await admin.post('/v1/accounts', {
      ...{ username, displayName, password: DESK_PASSWORD, roles: ['agent', ...roles] },
      agent: { number, employer: 'platform', queues, phoneKind: 'browser' },
    });
  }
  await admin.signOut();
}

export const presence = (page: Page) => page.getByTestId('presence');

/** At his page, signed in by having opened it, his telephone registered; he leaves with the test. */
export async function atDesk(
  town: Town,
  browser: ConsoleBrowser,
  clerk: {
    readonly username: string;
    readonly hz: number;
    readonly path?: string;
    /** Where he finds the console; without a word where everybody does. */
    readonly baseURL?: string;
    /** In the talk that another page of his left: he is signed in, and not by opening this one. */
    readonly inTalk?: boolean;
  },
): Promise<Page> {
  const page = await browser.window(clerk.baseURL === undefined ? {} : { baseURL: clerk.baseURL });
  await speakThere(page, clerk.hz);
  await page.goto(`/sign-in?to=${clerk.path ?? '/desk'}`);
  await page.getByLabel('用户名').fill(clerk.username);
  await page.getByLabel('密码').fill(DESK_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '话机就绪' }).waitFor();
  if (clerk.inTalk !== true) await presence(page).getByText('刚签入').waitFor();
  town.visit(async () => {
    // A page that was closed leaves him signed in; a window that is gone whole can sign nobody out.
    const window = page.context();
    if (window.browser()?.contexts().includes(window) !== true) return;
    await page.request.post('/v1/agents/me/sign-out');
    await page.close();
  });
  return page;
}

/** By the keyboard. The switch asks a fresh telephone whether it is there before calls go to it. */
export async function ready(page: Page): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.keyboard.press('Alt+r');
        return await presence(page).textContent();
      },
      { timeout: 20_000, interval: 500 },
    )
    .toContain('示闲');
}
