import type { Page } from 'playwright-core';
import type { Town } from '../../support/town.ts';

/** How a page comes to look as it does at work. */
export interface Scene {
  /** Of the page, as its area names it. */
  readonly page: string;
  /** Where it is looked at; a function where the address names something that the town holds. */
  readonly path: string | ((town: Town) => Promise<string>);
  /** Who sits before it; null: nobody is signed in. */
  readonly account: string | null;
  /** Resolves when there is something to see. */
  readonly ready: (page: Page) => Promise<unknown>;
}

/** One for each page of the console; a page without a scene fails the run. */
export const SCENES: readonly Scene[] = [
  {
    page: 'signIn',
    path: '/sign-in',
    account: null,
    ready: (page) => page.locator('input[name=username]').waitFor(),
  },
  {
    page: 'lead',
    path: '/lead',
    account: 'lead',
    ready: (page) => page.locator('.queues tbody tr').first().waitFor(),
  },
  {
    page: 'wall',
    path: '/wall',
    account: 'lead',
    ready: (page) => page.locator('.queues tbody tr').first().waitFor(),
  },
];
