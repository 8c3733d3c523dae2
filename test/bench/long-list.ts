import type { Page } from 'playwright-core';

/** What scrolling a list of thousands is like. */
export interface LongList {
  readonly rows: number;
  /** From reaching the end of what is there to the next page's rows standing below it. */
  readonly nextPageMs: readonly number[];
  /** Frames of one run from the first row to the last; of the median round. */
  readonly list: Frames;
  /** The same run through words that stand there from the beginning: what this machine gives at that moment. */
  readonly plain: Frames;
  /** From a key to the row being marked. */
  readonly keyMs: readonly number[];
}

export interface Frames {
  readonly frames: number;
  readonly long: number;
  readonly longestMs: number;
}

const LONG_FRAME_MS = 50;
const ROUNDS = 3;
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

/** As high as the list, of words that nobody draws anew. */
const plainText = (rows: number): string => `(() => {
  const list = document.createElement('div');
  list.id = 'plain';
  Object.assign(list.style, { position: 'fixed', inset: '120px 20px 20px 240px', overflow: 'auto', background: '#fff', zIndex: 9 });
  for (let nth = 0; nth < ${rows}; nth += 100) {
    const some = document.createElement('pre');
    Object.assign(some.style, { margin: 0, height: '3000px', overflow: 'hidden', contain: 'strict', lineHeight: '30px' });
    some.textContent = Array.from({ length: 100 }, (_, more) =>
      '20261127' + (nth + more) + '  待审核  投诉  青园路路灯不亮  青园路与江海路路口  未分类  剩 4 天 23 小时  11-27 15:49').join('\\n');
    list.append(some);
  }
  document.body.append(list);
})()`;
const NO_PLAIN_TEXT = `document.querySelector('#plain').remove()`;

const scroll = (what: string): string => `new Promise((resolve) => {
  const list = document.querySelector('${what}');
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
  const rows = Number(
    await page.evaluate(`document.querySelector('[role=grid]').getAttribute('aria-rowcount') - 1`),
  );
  const list: Frames[] = [];
  const plain: Frames[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.evaluate(plainText(rows));
    plain.push(framesOf((await page.evaluate(scroll('#plain'))) as number[]));
    await page.evaluate(NO_PLAIN_TEXT);
    list.push(framesOf((await page.evaluate(scroll('.scroller'))) as number[]));
  }
  const keyMs: number[] = [];
  for (let nth = 0; nth < KEYS; nth += 1) keyMs.push((await page.evaluate(KEY)) as number);
  return { rows, nextPageMs, list: medianOf(list), plain: medianOf(plain), keyMs };
}

const framesOf = (took: readonly number[]): Frames => ({
  frames: took.length,
  long: took.filter((ms) => ms > LONG_FRAME_MS).length,
  longestMs: Math.max(...took),
});

/** The round in the middle, by its long frames. */
function medianOf(rounds: readonly Frames[]): Frames {
  const [, middle] = rounds.toSorted((one, other) => one.long - other.long);
  if (middle === undefined) throw new Error('there are three rounds');
  return middle;
}
