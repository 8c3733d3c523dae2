import type { Page } from 'playwright-core';

/** What scrolling a list of thousands is like. */
export interface LongList {
  readonly rows: number;
  /** From reaching the end of what is there to the next page's rows standing below it. */
  readonly nextPageMs: readonly number[];
  /** Frames of one run from the first row to the last, and how long the longest took. */
  readonly frames: number;
  readonly longFrames: number;
  readonly longestFrameMs: number;
  /** From a key to the row being marked. */
  readonly keyMs: readonly number[];
}

const LONG_FRAME_MS = 50;
const FRAMES = 600;
const KEYS = 100;

const NEXT_PAGE = `new Promise((resolve) => {
  const list = document.querySelector('.scroller');
  const before = list.scrollHeight;
  const began = performance.now();
  list.scrollTop = before;
  const frame = () => {
    if (list.scrollHeight > before) resolve(performance.now() - began);
    else if (performance.now() - began > 3000) resolve(null);
    else requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;

const SCROLL = `new Promise((resolve) => {
  const list = document.querySelector('.scroller');
  list.scrollTop = 0;
  const step = list.scrollHeight / ${FRAMES};
  const took = [];
  let last = null;
  const frame = (now) => {
    if (last !== null) took.push(now - last);
    last = now;
    list.scrollTop += step;
    if (took.length < ${FRAMES}) requestAnimationFrame(frame);
    else resolve(took);
  };
  requestAnimationFrame(frame);
})`;

const KEY = `new Promise((resolve) => {
  const grid = document.querySelector('[role=grid]');
  const before = grid.getAttribute('aria-activedescendant');
  const began = performance.now();
  grid.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
  const frame = () => {
    if (grid.getAttribute('aria-activedescendant') !== before || performance.now() - began > 2000)
      requestAnimationFrame(() => resolve(performance.now() - began));
    else requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;

/** The list is open and has its first page. */
export async function scrollToTheEnd(page: Page): Promise<LongList> {
  const nextPageMs: number[] = [];
  for (;;) {
    const took = (await page.evaluate(NEXT_PAGE)) as number | null;
    if (took === null) break;
    nextPageMs.push(took);
  }
  const frames = (await page.evaluate(SCROLL)) as number[];
  const keyMs: number[] = [];
  for (let nth = 0; nth < KEYS; nth += 1) keyMs.push((await page.evaluate(KEY)) as number);
  const rows = await page.evaluate(
    `Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount')) - 1`,
  );
  return {
    rows: Number(rows),
    nextPageMs,
    frames: frames.length,
    longFrames: frames.filter((ms) => ms > LONG_FRAME_MS).length,
    longestFrameMs: Math.max(...frames),
    keyMs,
  };
}
