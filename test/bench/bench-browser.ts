import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { obtain } from '../../src/runtime/obtain.ts';
import { obtainScreenFonts } from '../../src/runtime/obtain-font.ts';
import { ROOT } from './hall-services.ts';

const FLAGS = [
  // Root has no user namespace to hide in; the browser sees this machine's own pages alone.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];
/** The desks' old screens. */
const SCREEN = { width: 1366, height: 768 };
const KIB = 1024;

/** What a tab holds, after it was asked to let go of what it does not need. */
export interface TabMemory {
  readonly heapMb: number;
  readonly nodes: number;
  readonly listeners: number;
  /** What belongs to the tab's process alone: what a browser's own task manager shows. */
  readonly privateMb: number;
  /** With the program and libraries that all of the browser's processes share. */
  readonly residentMb: number;
}

/** A browser of its own for one measurement: what another page has used is not this one's. */
export class BenchBrowser {
  readonly #browser: Browser;
  readonly #url: string;
  readonly #folder: string;

  private constructor(browser: Browser, url: string, folder: string) {
    this.#browser = browser;
    this.#url = url;
    this.#folder = folder;
  }

  static async open(url: string, say: (text: string) => void): Promise<BenchBrowser> {
    const { tools } = await obtain(['chromium'], ROOT, say);
    const folder = await mkdtemp(join(tmpdir(), 'yihaotong-bench-browser-'));
    const fontsFile = join(folder, 'fonts.conf');
    const fonts = await obtainScreenFonts(ROOT, say);
    await writeFile(fontsFile, `<fontconfig><dir>${fonts}</dir><dir>/usr/share/fonts</dir></fontconfig>`);
    const browser = await chromium.launch({
      executablePath: tools.chromium.path,
      env: { ...process.env, ...tools.chromium.env, FONTCONFIG_FILE: fontsFile } as Record<string, string>,
      args: FLAGS,
    });
    return new BenchBrowser(browser, url, folder);
  }

  /** A window with an empty cache, in which this account is signed in already (null: nobody). */
  async window(account: { readonly username: string; readonly password: string } | null): Promise<Page> {
    const context = await this.#browser.newContext({
      baseURL: this.#url,
      viewport: SCREEN,
      locale: 'zh-CN',
      permissions: ['microphone', 'notifications'],
    });
    if (account !== null) {
      const answer = await context.request.post('/v1/session', { data: account });
      if (!answer.ok()) throw new Error(`${account.username} could not sign in: ${await answer.text()}`);
    }
    return await context.newPage();
  }

  /** Of the only page that this browser has. What the measuring itself keeps (each answer's body) is counted in. */
  async memoryOf(page: Page): Promise<TabMemory> {
    const session = await page.context().newCDPSession(page);
    // What was collected may let go of more.
    for (let nth = 0; nth < 3; nth += 1) await session.send('HeapProfiler.collectGarbage');
    await session.send('Performance.enable');
    const { metrics } = await session.send('Performance.getMetrics');
    await session.detach();
    const figure = (wanted: string): number =>
      metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
    const whole = await this.#browser.newBrowserCDPSession();
    const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
    await whole.detach();
    const tabs = await Promise.all(
      processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => memoryOfProcess(id)),
    );
    // Beside the page's own there may be one that waits for a page.
    const tab = tabs.toSorted((a, b) => b.privateMb - a.privateMb)[0];
    if (tab === undefined) throw new Error('the browser shows no process of a page');
    return {
      heapMb: figure('JSHeapUsedSize') / KIB / KIB,
      nodes: figure('Nodes'),
      listeners: figure('JSEventListeners'),
      ...tab,
    };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function memoryOfProcess(pid: number): Promise<Pick<TabMemory, 'privateMb' | 'residentMb'>> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / KIB;
  return { privateMb: mb('RssAnon') + mb('VmSwap'), residentMb: mb('VmRSS') };
}
