import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../../support/console-browser.ts';
import { Town } from '../../support/town.ts';
import { nameOf, type Scene } from './scene.ts';
import { SCENES } from './scenes.ts';

// `npm run screens`: each page as a picture, to be looked at. Written to dist/screens. With SCENES=limits,desk.call only
// what begins with one of these; the pictures of the others stay.

const ROOT = resolve(import.meta.dirname, '../../..');
const OUT = join(ROOT, 'dist/screens');
const PAGES = join(ROOT, 'src/console/pages');
const SHAPES = {
  desktop: { viewport: { width: 1366, height: 768 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const;
const LANGUAGES = ['zh-CN', 'en'] as const;

const wanted = (process.env.SCENES ?? '').split(',').filter((begin) => begin !== '');
const LOOKED_AT = SCENES.filter(
  (scene) => wanted.length === 0 || wanted.some((begin) => nameOf(scene).startsWith(begin)),
);

let town: Town;
let browser: ConsoleBrowser;
/** Where each scene is looked at: what it needs of the town is made once. */
const addresses = new Map<Scene, Promise<string>>();
beforeAll(async () => {
  if (wanted.length === 0) rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  town = await Town.found();
  browser = await ConsoleBrowser.open(town.apiUrl);
});
afterAll(async () => {
  await browser?.close();
  await town?.raze();
});

test('every page of the console has a scene', () => {
  const named = readdirSync(PAGES).flatMap((area) => {
    const text = readFileSync(join(PAGES, area, 'area.ts'), 'utf8');
    return [...text.matchAll(/\bname: '([\w.]+)',\s+path:/g)].map(([, name]) => name);
  });
  expect(named.length).toBeGreaterThan(0);
  expect([...new Set(SCENES.map(({ page }) => page))].toSorted()).toEqual(named.toSorted());
});

interface Sitting {
  readonly language: (typeof LANGUAGES)[number];
  readonly shape: keyof typeof SHAPES;
  readonly theme: 'light' | 'dark';
}
const SHAPE_NAMES = Object.keys(SHAPES) as readonly (keyof typeof SHAPES)[];
const BY_DAY: readonly Sitting[] = LANGUAGES.flatMap((language) =>
  SHAPE_NAMES.map((shape) => ({ language, shape, theme: 'light' as const })),
);
const BY_NIGHT: Sitting = { language: 'zh-CN', shape: 'desktop', theme: 'dark' };
function sittingsOf({ brief, dark, desktopOnly }: Scene): readonly Sitting[] {
  const byDay = BY_DAY.filter(
    ({ language, shape }) =>
      (desktopOnly !== true || shape === 'desktop') &&
      (brief !== true || (language === 'en') === (shape === 'phone')),
  );
  return dark === true ? [...byDay, BY_NIGHT] : byDay;
}

/** As it is, also when what was waited for did not come; and what has to be scrolled to, as on a window so high. */
async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(OUT, `${name}.png`), fullPage: true });
  const below = Number(
    await page.evaluate(`(() => {
      const main = document.querySelector('main');
      return main === null ? 0 : main.scrollHeight - main.clientHeight;
    })()`),
  );
  const { width, height } = page.viewportSize() ?? SHAPES.desktop.viewport;
  if (below <= 0) return;
  await page.setViewportSize({ width, height: Math.min(height + below, 6_000) });
  await page.screenshot({ path: join(OUT, `${name}-whole.png`) });
  await page.setViewportSize({ width, height });
}

async function addressOf(scene: Scene): Promise<string> {
  const found =
    addresses.get(scene) ?? Promise.resolve(typeof scene.path === 'string' ? scene.path : scene.path(town));
  addresses.set(scene, found);
  return await found;
}

describe.each(LOOKED_AT.map((scene) => ({ scene, name: nameOf(scene) })))('$name', ({ scene, name }) => {
  const { account, password, ready, leave } = scene;
  test.each(sittingsOf(scene))('$language $shape $theme', async ({ language, shape, theme }) => {
    const address = await addressOf(scene);
    const page = await browser.window(SHAPES[shape]);
    await page.addInitScript(`localStorage.setItem('yihaotong.language', '${language}')`);
    await page.addInitScript(`localStorage.setItem('yihaotong.theme', '${theme}')`);
    if (account !== null) {
      const data = { username: account, password: password ?? town.passwordOf(account) };
      expect((await page.request.post('/v1/session', { data })).ok()).toBe(true);
    }
    try {
      await page.goto(address);
      await ready(page, town).finally(() => take(page, `${name}-${language}-${shape}-${theme}`));
      // A phone's page scrolls down, never sideways.
      const wide = await page.evaluate(`Math.max(document.documentElement.scrollWidth - innerWidth,
        ...[...document.querySelectorAll('main')].map((main) => main.scrollWidth - main.clientWidth))`);
      expect(Number(wide), `${name} is wider than the ${shape}`).toBeLessThanOrEqual(0);
      // In English and in the dark, too: contrast above all.
      await expectAccessible(page);
    } finally {
      await leave?.(page, town);
      await page.context().close();
    }
  });
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
