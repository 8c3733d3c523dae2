import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { PROJECT } from '../../src/runtime/instance.ts';
import { obtainScreenFonts } from '../../src/runtime/obtain-font.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FLAGS = [
  // Root has no user namespace to hide in; the browser sees this machine's own pages alone.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];
/** One face for whatever asks for no other: this system has no settings that would name one. */
const FONTS = (dir: string): string => `<fontconfig><dir>${dir}</dir><dir>/usr/share/fonts</dir>
<match target="pattern"><edit name="family" mode="append_last"><string>WenQuanYi Micro Hei</string></edit></match>
<match target="pattern"><test name="family"><string>sans-serif</string></test>
<edit name="family" mode="prepend" binding="strong"><string>WenQuanYi Micro Hei</string></edit></match>
<match target="pattern"><test name="family"><string>system-ui</string></test>
<edit name="family" mode="prepend" binding="strong"><string>WenQuanYi Micro Hei</string></edit></match></fontconfig>`;
/** The desks' old screens. */
const SCREEN = { width: 1366, height: 768 };

interface AxeFinding {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly target: readonly string[] }[];
}

/** A real browser before the console of a town. Each person in it has cookies of his own. */
export class ConsoleBrowser {
  readonly #browser: Browser;
  readonly #url: string;
  /** What pages have thrown or refused to load; a test ends with none. */
  readonly mishaps: string[] = [];

  private constructor(browser: Browser, url: string) {
    this.#browser = browser;
    this.#url = url;
  }

  static async open(url: string): Promise<ConsoleBrowser> {
    const program = inject('tools').chromium;
    const fonts = await obtainScreenFonts(PROJECT, () => undefined);
    const fontsFile = join(inject('runDir'), 'fonts.conf');
    await writeFile(fontsFile, FONTS(fonts));
    const browser = await chromium.launch({
      executablePath: program.path,
      env: { ...process.env, ...program.env, FONTCONFIG_FILE: fontsFile } as Record<string, string>,
      args: FLAGS,
    });
    return new ConsoleBrowser(browser, url);
  }

  /** A window of somebody who is not signed in. */
  async window(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      baseURL: this.#url,
      viewport: SCREEN,
      locale: 'zh-CN',
      // A dialog that is still fading in is paler than it will be: what is read and measured is the page at rest.
      reducedMotion: 'reduce',
      permissions: ['microphone', 'notifications'],
      ...options,
    });
    return await this.#page(context);
  }

  /** A window of this account, at this address. */
  async signedIn(username: string, password: string, path = '/'): Promise<Page> {
    const page = await this.window();
    const answer = await page.request.post('/v1/session', { data: { username, password } });
    if (!answer.ok()) throw new Error(`${username} could not sign in: ${await answer.text()}`);
    await page.goto(path);
    return page;
  }

  async #page(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    page.on('pageerror', (error) => this.mishaps.push(`${page.url()}: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      // A refusal of the API is told by the browser as well, and shown by the page in words.
      if (message.type() !== 'error' || /status of 4\d\d/.test(message.text())) return;
      this.mishaps.push(`${page.url()}: ${message.text()}`);
    });
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** What has the focus, and how much of the page it takes; null: nothing on the page has it. */
const FOCUSED = `(() => {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return null;
  // A box to tick is drawn by its label, as a field that is made of several parts is by its frame.
  const drawn = focused.closest('label, .el-input__wrapper, .el-select__wrapper, .el-textarea') ?? focused;
  const { x, y, width, height } = drawn.getBoundingClientRect();
  const name = focused.getAttribute('aria-label') ?? focused.textContent.trim().slice(0, 30);
  return { name: focused.tagName.toLowerCase() + ' ' + name, x, y, width, height };
})()`;

/**
 * Goes on from field to key so many times by Tab: what has the focus looks other than it does without. Returns what was
 * seen to have it.
 */
export async function expectFocusSeen(page: Page, steps: number): Promise<readonly string[]> {
  const seen: string[] = [];
  const unseen: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate<{
      name: string;
      x: number;
      y: number;
      width: number;
      height: number;
    } | null>(FOCUSED);
    if (at === null) continue;
    const { width, height } = page.viewportSize() ?? SCREEN;
    const [left, top] = [Math.max(0, at.x - 4), Math.max(0, at.y - 4)];
    const clip = {
      ...{ x: left, y: top },
      width: Math.max(1, Math.min(width, at.x + at.width + 4) - left),
      height: Math.max(1, Math.min(height, at.y + at.height + 4) - top),
    };
    const picture = () => page.screenshot({ clip, animations: 'disabled', caret: 'hide' });
    const focused = await picture();
    // The next Tab goes on from here all the same.
    await page.evaluate('document.activeElement.blur()');
    if (focused.equals(await picture())) unseen.push(at.name);
    else seen.push(at.name);
  }
  expect(unseen).toEqual([]);
  return seen;
}

/** Nothing serious in the way of who reads with the ear, sees little, or uses no mouse (WCAG 2.1 A and AA). */
export async function expectAccessible(page: Page): Promise<void> {
  // Evaluated, not added as a tag: the page's own policy allows no foreign script.
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: AxeFinding[] }> };
    };
    const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
    return violations;
  });
  const serious = found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 3).map(({ html }) => html) }));
  expect(serious).toEqual([]);
}
