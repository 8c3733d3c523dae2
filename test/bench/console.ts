import { until } from '../../src/demo/poll.ts';
import { BenchBrowser } from './bench-browser.ts';
import { type Benchmark, median, percentile, rounded } from './benchmark.ts';
import { Clerk } from './clerk.ts';
import { DESK_AGENT, deskHour, engageDeskAgent } from './desk-hour.ts';
import { Hall } from './hall.ts';
import { scrollToTheEnd } from './long-list.ts';
import { machineLoad } from './machine-load.ts';
import { type Load, loadTime, menuOf, slowDown, type Turn, turnTo } from './page-times.ts';
import { hire } from './staff.ts';

const ROWS = 10_000;
const CLERKS = 8;
const CLERKS_FROM = 2001;
const SIGN_IN = `document.querySelector('input[name=username]')`;
const DESK = `document.querySelector('[data-testid=presence]') && document.querySelector('main.page > *')`;
/** Whose days are spent in many pages. */
const ROLES = ['lead', 'operator', DESK_AGENT.username] as const;

type Say = (text: string) => void;

const accountIn = (hall: Hall, username: string) =>
  username === DESK_AGENT.username ? DESK_AGENT : { username, password: hall.passwordOf(username) };

/** Each time with an empty cache. */
async function firstLoads(
  hall: Hall,
  browser: BenchBrowser,
  rounds: number,
  how: {
    readonly path: string;
    readonly found: string;
    readonly username: string | null;
    readonly slow?: true;
  },
): Promise<readonly Load[]> {
  const loads: Load[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const page = await browser.window(how.username === null ? null : accountIn(hall, how.username));
    if (how.slow) await slowDown(page);
    loads.push(await loadTime(page, how.path, how.found));
    await page.context().close();
  }
  return loads;
}

interface Turns {
  /** The first visit of each page fetches its files. */
  readonly first: readonly Turn[];
  readonly again: readonly Turn[];
}

async function pageChanges(hall: Hall, browser: BenchBrowser, rounds: number, say: Say): Promise<Turns> {
  const first: Turn[] = [];
  const again: Turn[] = [];
  for (const username of ROLES) {
    const page = await browser.window(accountIn(hall, username));
    await page.goto('/');
    const hrefs = await menuOf(page);
    const turns = new Map<string, number[]>();
    // From where he began to the second page, and so on round: every change is one to another page.
    for (let round = 0; round <= rounds; round += 1) {
      for (const href of [...hrefs.slice(1), ...hrefs.slice(0, 1)]) {
        const turn = await turnTo(page, href);
        (round === 0 ? first : again).push(turn);
        if (round > 0) turns.set(href, [...(turns.get(href) ?? []), turn.shownMs]);
      }
    }
    const told = [...turns].map(([href, took]) => `${href} ${Math.round(median(took))}`);
    say(`  ${username}: ${told.join(', ')} ms`);
    await page.context().close();
  }
  return { first, again };
}

/** So many tickets, each written as the product writes them. */
async function fill(hall: Hall, rows: number): Promise<void> {
  const clerks = await hire(hall.databaseUrl, CLERKS_FROM, CLERKS);
  const posters = clerks.map(
    ({ token }, nth) =>
      new Clerk(hall.apiUrl, '/v1/tickets', token, {
        ...{ type: 'COMPLAINT', categoryCode: 'uncategorised', title: `青园路路灯不亮 ${nth}` },
        ...{ content: '青园路与江海路路口连续三盏路灯已有一周不亮。', place: '青园路与江海路路口' },
        citizenNumber: `1391234${String(1000 + nth)}`,
      }),
  );
  let left = rows;
  await Promise.all(
    posters.map(async (one) => {
      while (left > 0) {
        left -= 1;
        const status = await one.post();
        if (status !== 201) throw new Error(`a ticket was refused with ${status}`);
      }
    }),
  );
}

async function longList(hall: Hall, browser: BenchBrowser) {
  const page = await browser.window(accountIn(hall, 'lead'));
  const opened = await loadTime(page, '/tickets?view=all', `document.querySelector('[role=grid] tr.row')`);
  const seen = await scrollToTheEnd(page);
  await page.context().close();
  return { opened, ...seen };
}

/** One measurement in a browser of its own. */
async function inBrowser<T>(hall: Hall, say: Say, work: (browser: BenchBrowser) => Promise<T>): Promise<T> {
  const browser = await BenchBrowser.open(hall.apiUrl, say);
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** `console` in the table of benchmarks. */
export const consolePages: Benchmark = {
  name: 'console',
  work: `first load with an empty cache, page changes, a list of ${ROWS} tickets, a desk's tab after 60 calls and 300 page changes`,
  beside:
    'limits of the house, in Chromium on this machine, beside the whole product; scrolling beside words that nobody draws anew',
  goal: 'sign_in_ms and desk_ms <= 2000, page_p95_ms <= 200, long_frames 0, next_page_p95_ms <= 200, tab_private_mb <= 150',
  async run({ quick, say }) {
    const rounds = quick ? 3 : 7;
    const hall = await Hall.open(say);
    try {
      await engageDeskAgent(hall);
      await until('the pages', 30_000, async () => ((await fetch(hall.apiUrl)).ok ? true : null));

      const loads = await inBrowser(hall, say, async (browser) => ({
        door: await firstLoads(hall, browser, rounds, { path: '/sign-in', found: SIGN_IN, username: null }),
        desk: await firstLoads(hall, browser, rounds, {
          ...{ path: '/desk', found: DESK, username: DESK_AGENT.username },
        }),
        slow: await firstLoads(hall, browser, 3, {
          ...{ path: '/desk', found: DESK, username: DESK_AGENT.username, slow: true },
        }),
      }));
      const shown = (of: readonly Load[]): number => rounded(median(of.map(({ shownMs }) => shownMs)));
      say(`  first loads: sign-in ${shown(loads.door)} ms, desk ${shown(loads.desk)} ms`);

      const { first, again } = await inBrowser(hall, say, (browser) =>
        pageChanges(hall, browser, quick ? 2 : 6, say),
      );
      const took = (of: readonly Turn[], what: keyof Turn, share: number): number =>
        rounded(
          percentile(
            of.map((one) => one[what]),
            share,
          ),
        );

      const calls = quick ? 6 : 60;
      const hour = await inBrowser(hall, say, (browser) => deskHour(hall, browser, calls, 5, say));

      await fill(hall, quick ? ROWS / 5 : ROWS);
      const list = await inBrowser(hall, say, (browser) => longList(hall, browser));
      return {
        sign_in_ms: shown(loads.door),
        sign_in_max_ms: rounded(Math.max(...loads.door.map(({ shownMs }) => shownMs))),
        desk_ms: shown(loads.desk),
        desk_max_ms: rounded(Math.max(...loads.desk.map(({ shownMs }) => shownMs))),
        desk_slow_ms: shown(loads.slow),
        desk_kb: rounded((loads.desk[0]?.bytes ?? 0) / 1024),
        desk_files: loads.desk[0]?.files ?? 0,
        page_changes: again.length,
        page_p50_ms: took(again, 'shownMs', 0.5),
        page_p95_ms: took(again, 'shownMs', 0.95),
        page_first_p95_ms: took(first, 'shownMs', 0.95),
        page_filled_p50_ms: took(again, 'filledMs', 0.5),
        page_filled_p95_ms: took(again, 'filledMs', 0.95),
        list_rows: list.rows,
        list_opened_ms: rounded(list.opened.shownMs),
        next_page_p50_ms: rounded(percentile(list.nextPageMs, 0.5)),
        next_page_p95_ms: rounded(percentile(list.nextPageMs, 0.95)),
        frames: list.list.frames,
        long_frames: list.list.long,
        longest_frame_ms: rounded(list.list.longestMs),
        plain_long_frames: list.plain.long,
        plain_longest_frame_ms: rounded(list.plain.longestMs),
        list_key_p95_ms: rounded(percentile(list.keyMs, 0.95)),
        calls: hour.calls,
        turns: hour.turns,
        heap_before_mb: rounded(hour.before.heapMb),
        heap_after_mb: rounded(hour.after.heapMb),
        nodes_before: hour.before.nodes,
        nodes_after: hour.after.nodes,
        listeners_before: hour.before.listeners,
        listeners_after: hour.after.listeners,
        tab_private_before_mb: rounded(hour.before.privateMb),
        tab_private_mb: rounded(hour.after.privateMb),
        tab_resident_mb: rounded(hour.after.residentMb),
        load: machineLoad(),
      };
    } finally {
      await hall.close();
    }
  },
};
