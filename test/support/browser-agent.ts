import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { type AgentSeen, ApiClient, type SessionSeen } from '../../src/demo/api-client.ts';
import { until } from '../../src/demo/poll.ts';
import type { Program } from '../../src/runtime/run-program.ts';

/** What the page offers; the object is `browser-phone-page.mjs`. */
interface PhonePage {
  register(account: { socket: string; uri: string; secret: string }): Promise<void>;
  rung(): Promise<string>;
  answer(hz: number): Promise<void>;
  loudest(): number;
  media(): Promise<BrowserMedia>;
  hangUp(): Promise<void>;
}
declare const phone: PhonePage;

export interface BrowserMedia {
  readonly received: number;
  readonly sent: number;
  readonly codec: string;
  /** The switch's address, as ICE has chosen it. */
  readonly remote: string;
}

const FLAGS = [
  // Root has no user namespace to hide in; the browser sees this machine's own pages alone.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];
/** The analyser's step is 6 Hz at 48 kHz. */
const CLOSE_HZ = 12;

/** An agent whose telephone is a page in a real browser, reached as it will be at work: over the API's own address. */
export class BrowserAgent {
  readonly api: ApiClient;
  readonly number: string;
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(api: ApiClient, number: string, browser: Browser, page: Page) {
    this.api = api;
    this.number = number;
    this.#browser = browser;
    this.#page = page;
  }

  static async start(options: {
    readonly chromium: Program;
    readonly apiUrl: string;
    readonly username: string;
    readonly password: string;
  }): Promise<BrowserAgent> {
    const api = await ApiClient.signIn(options.apiUrl, options.username, options.password);
    const { agent } = await api.get<SessionSeen>('/v1/session');
    if (agent === null) throw new Error(`${options.username} is no agent`);
    const browser = await chromium.launch({
      executablePath: options.chromium.path,
      env: { ...process.env, ...options.chromium.env } as Record<string, string>,
      args: FLAGS,
    });
    try {
      const context = await browser.newContext({ bypassCSP: true });
      // The socket is opened with the cookie of a sign-in, as the console's will be.
      const { username, password } = options;
      const signedIn = await context.request.post(`${options.apiUrl}/v1/session`, {
        data: { username, password },
      });
      if (!signedIn.ok()) throw new Error(`the browser could not sign in: ${await signedIn.text()}`);
      const page = await context.newPage();
      // Any page of this origin but the console, which has a telephone of its own.
      await page.goto(`${options.apiUrl}/readyz`);
      await page.addScriptTag({ content: await pageScript() });
      await page.evaluate((account) => phone.register(account), {
        socket: agent.phone.webSocketAddress,
        uri: agent.phone.sipAddress.replace(/:\d+$/, ''),
        secret: agent.phone.secret,
      });
      await api.post('/v1/agents/me/sign-in');
      return new BrowserAgent(api, agent.number, browser, page);
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  /** Ready for calls, once the switch has asked the page whether it is there. */
  async ready(): Promise<void> {
    await until(`${this.number} ready`, 15_000, async () => {
      const { agent } = await this.api.post<{ agent: AgentSeen | null }>('/v1/agents/me/ready');
      return agent?.state === 'READY' && agent.phoneReachable ? agent : null;
    });
  }

  /** The caller's number, when the page rings. */
  rung(): Promise<string> {
    return this.#page.evaluate(() => phone.rung());
  }

  answer(hz: number): Promise<void> {
    return this.#page.evaluate((tone) => phone.answer(tone), hz);
  }

  async untilHears(hz: number): Promise<void> {
    let heard = 0;
    await until(`the page to hear ${hz} Hz`, 10_000, async () => {
      heard = await this.#page.evaluate(() => phone.loudest());
      return Math.abs(heard - hz) < CLOSE_HZ ? true : null;
    }).catch(async (cause: unknown) => {
      throw new Error(`the page hears ${heard} Hz: ${JSON.stringify(await this.media())}`, { cause });
    });
  }

  media(): Promise<BrowserMedia> {
    return this.#page.evaluate(() => phone.media());
  }

  hangUp(): Promise<void> {
    return this.#page.evaluate(() => phone.hangUp());
  }

  /** The page is gone from one moment to the next, as when the browser crashes. */
  async vanish(): Promise<void> {
    await this.#browser.close();
  }

  async leave(): Promise<void> {
    await this.#browser.close();
    await this.api.post('/v1/agents/me/sign-out');
    await this.api.signOut();
  }
}

/** The page's script with JsSIP in it, as one text. */
async function pageScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, 'browser-phone-page.mjs'), formats: ['iife'], name: 'page' },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  const [chunk] = bundle !== undefined && 'output' in bundle ? bundle.output : [];
  if (chunk?.type !== 'chunk') throw new Error('the page was not built');
  return chunk.code;
}
