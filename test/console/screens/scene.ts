import type { Page } from 'playwright-core';
import type { Town } from '../../support/town.ts';

/** How a page comes to look as it does at work. */
export interface Scene {
  /** Of the page, as its area names it. */
  readonly page: string;
  /** Which of its looks, where one is not enough: a dialog, a tab, an empty list. */
  readonly view?: string;
  /** Where it is looked at; a function where the address names something that the town holds, called once. */
  readonly path: string | ((town: Town) => Promise<string>);
  /** Who sits before it; null: nobody is signed in. */
  readonly account: string | null;
  /** Of an account that the scene has made itself. */
  readonly password?: string;
  /** Resolves when there is something to see. */
  readonly ready: (page: Page, town: Town) => Promise<unknown>;
  /** After each look: what it has begun in the town comes to an end. */
  readonly leave?: (page: Page, town: Town) => Promise<unknown>;
  /** What somebody sits before for hours is looked at in the dark, too. */
  readonly dark?: true;
  /** At a desk in Chinese and on a telephone in English: enough for a second look at the same page. */
  readonly brief?: true;
  /** Where no telephone goes: a page that is itself one. */
  readonly desktopOnly?: true;
}

export const nameOf = ({ page, view }: Pick<Scene, 'page' | 'view'>): string =>
  view === undefined ? page : `${page}.${view}`;

/** Something of the town that several scenes look at is made by the first of them. */
export function onceIn<T>(make: (town: Town) => Promise<T>): (town: Town) => Promise<T> {
  const made = new WeakMap<Town, Promise<T>>();
  return (town) => {
    const found = made.get(town) ?? make(town);
    made.set(town, found);
    return found;
  };
}

export const firstGrid = (page: Page) => page.getByRole('grid').first().waitFor();
export const firstRow = (page: Page) => page.locator('[role=grid] tbody tr.row').first().waitFor();
export const mainPart = (page: Page) => page.locator('main').waitFor();
export const aDialog = (page: Page) => page.getByRole('dialog').waitFor();
export async function pressed(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().click();
}
export const anArticle = (page: Page) => page.getByRole('article').first().waitFor();
/** The first entry with these words in its question. */
export async function entryFor(town: Town, words: string): Promise<string> {
  const { entries } = await town.lead.get<{ entries: readonly { id: string }[] }>(
    `/v1/knowledge?limit=1&text=${encodeURIComponent(words)}`,
  );
  return `/knowledge/${entries[0]?.id ?? ''}`;
}
