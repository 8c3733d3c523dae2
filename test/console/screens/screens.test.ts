import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConsoleBrowser, expectAccessible } from '../../support/console-browser.ts';
import { Town } from '../../support/town.ts';
import { DARK, SCENES } from './scenes.ts';

// `npm run screens`: each page as a picture, to be looked at. Written to dist/screens.

const ROOT = resolve(import.meta.dirname, '../../..');
const OUT = join(ROOT, 'dist/screens');
const PAGES = join(ROOT, 'src/console/pages');
const SHAPES = {
  desktop: { viewport: { width: 1366, height: 768 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const;
const LANGUAGES = ['zh-CN', 'en'] as const;

let town: Town;
let browser: ConsoleBrowser;
beforeAll(async () => {
  rmSync(OUT, { recursive: true, force: true });
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

describe.each(SCENES)('$page', ({ page: name, path, account, ready }) => {
  test.each(DARK.has(name) ? [...BY_DAY, BY_NIGHT] : BY_DAY)(
    '$language $shape $theme',
    async ({ language, shape, theme }) => {
      const page = await browser.window(SHAPES[shape]);
      await page.addInitScript(`localStorage.setItem('yihaotong.language', '${language}')`);
      await page.addInitScript(`localStorage.setItem('yihaotong.theme', '${theme}')`);
      if (account !== null) {
        const data = { username: account, password: town.passwordOf(account) };
        expect((await page.request.post('/v1/session', { data })).ok()).toBe(true);
      }
      await page.goto(typeof path === 'string' ? path : await path(town));
      await ready(page);
      await page.screenshot({
        path: join(OUT, `${name}-${language}-${shape}${theme === 'dark' ? '-dark' : ''}.png`),
        fullPage: shape === 'phone',
      });
      // A phone's page scrolls down, never sideways.
      const wide = await page.evaluate(`Math.max(document.documentElement.scrollWidth - innerWidth,
        ...[...document.querySelectorAll('main')].map((main) => main.scrollWidth - main.clientWidth))`);
      expect(Number(wide), `${name} is wider than the ${shape}`).toBeLessThanOrEqual(0);
      // In English and in the dark, too: contrast above all.
      await expectAccessible(page);
      await page.context().close();
    },
  );
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
