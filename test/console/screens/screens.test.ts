import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConsoleBrowser } from '../../support/console-browser.ts';
import { Town } from '../../support/town.ts';
import { SCENES } from './scenes.ts';

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

describe.each(SCENES)('$page', ({ page: name, path, account, ready }) => {
  test.each(LANGUAGES.flatMap((language) => Object.keys(SHAPES).map((shape) => ({ language, shape }))))(
    '$language $shape',
    async ({ language, shape }) => {
      const page = await browser.window(SHAPES[shape as keyof typeof SHAPES]);
      await page.addInitScript(`localStorage.setItem('yihaotong.language', '${language}')`);
      if (account !== null) {
        const data = { username: account, password: town.passwordOf(account) };
        expect((await page.request.post('/v1/session', { data })).ok()).toBe(true);
      }
      await page.goto(typeof path === 'string' ? path : await path(town));
      await ready(page);
      // A phone's page scrolls down, never sideways.
      const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(Number(wide), `${name} is wider than the ${shape}`).toBeLessThanOrEqual(0);
      await page.screenshot({
        path: join(OUT, `${name}-${language}-${shape}.png`),
        fullPage: shape === 'phone',
      });
      await page.context().close();
    },
  );
});

test('no page has thrown anything', () => {
  expect(browser.mishaps).toEqual([]);
});
