import type { Page } from 'playwright-core';
import { until } from '../../src/demo/poll.ts';

// What is measured inside the page, by its own clock. As text: a benchmark knows no types of a browser.

/** Says when this first stood on the screen: found, and two frames later painted. */
const watchFor = (found: string): string => `(() => {
  const look = () => {
    if (globalThis.benchShownAt !== undefined || !(${found})) return;
    globalThis.benchShownAt = null;
    requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.benchShownAt = performance.now(); }));
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
})()`;

const LOADED = `(() => {
  if (typeof globalThis.benchShownAt !== 'number') return null;
  const files = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/assets/'));
  const [page] = performance.getEntriesByType('navigation');
  return {
    shownMs: globalThis.benchShownAt,
    files: files.length + 1,
    bytes: files.reduce((sum, { transferSize }) => sum + transferSize, page.transferSize),
  };
})()`;

export interface Load {
  readonly shownMs: number;
  readonly files: number;
  readonly bytes: number;
}

/** From the address being asked for to `found` (an expression) standing on the screen. */
export async function loadTime(page: Page, path: string, found: string): Promise<Load> {
  await page.addInitScript({ content: watchFor(found) });
  await page.goto(path, { waitUntil: 'commit' });
  // The page's own rules forbid it to run a text that waits inside it.
  return await until(`${path} on the screen`, 60_000, () => page.evaluate<Load | null>(LOADED));
}

/** A slow desk: a processor of a quarter, and a line of 10 Mbit/s. */
export async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 20,
    downloadThroughput: 1.25e6,
    uploadThroughput: 0.6e6,
  });
}

export interface Turn {
  /** From the press to the other page standing. */
  readonly shownMs: number;
  /** To the last piece that came into it, when a quarter of a second nothing more did. */
  readonly filledMs: number;
}

const turn = (href: string): string => `new Promise((resolve) => {
  const link = [...document.querySelectorAll('nav.menu a')].find((one) => one.getAttribute('href') === ${JSON.stringify(href)});
  const before = document.title;
  const began = performance.now();
  let last = began;
  let shown = null;
  const watcher = new MutationObserver(() => { last = performance.now(); });
  watcher.observe(document.body, { childList: true, subtree: true });
  link.click();
  const frame = () => {
    const now = performance.now();
    if (shown === null && document.title !== before && location.pathname === ${JSON.stringify(href)}) shown = now;
    if ((shown !== null && now - Math.max(last, shown) > 250) || now - began > 10000) {
      watcher.disconnect();
      resolve({ shownMs: (shown ?? now) - began, filledMs: Math.max(last, shown ?? now) - began });
    } else requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;

/** Another page by its entry in the menu. */
export async function turnTo(page: Page, href: string): Promise<Turn> {
  return (await page.evaluate(turn(href))) as Turn;
}

export async function menuOf(page: Page): Promise<readonly string[]> {
  await page.locator('nav.menu a').first().waitFor();
  const hrefs = await page.evaluate(
    `[...document.querySelectorAll('nav.menu a')].map((one) => one.getAttribute('href'))`,
  );
  // The wall has no menu to leave it by.
  return (hrefs as string[]).filter((href) => href !== '/wall');
}
