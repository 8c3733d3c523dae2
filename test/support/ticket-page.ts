import type { Locator, Page } from 'playwright-core';

/** Presses the button of a move, fills in its dialog and sends it. */
export async function move(
  page: Page,
  name: string,
  fill: (dialog: Locator) => Promise<void> = async () => undefined,
): Promise<void> {
  await page
    .getByRole('navigation', { name: '现在可以办理' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
  await inDialog(page, new RegExp(name), fill);
}

/** Fills in the dialog that is open and sends it by the keyboard. */
export async function inDialog(
  page: Page,
  name: RegExp,
  fill: (dialog: Locator) => Promise<void>,
): Promise<void> {
  const dialog = page.getByRole('dialog', { name });
  await dialog.waitFor();
  await fill(dialog);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
}

export const inState = (page: Page, state: string): Promise<void> =>
  page.locator('header').getByText(state, { exact: true }).waitFor();

/** Types into a list that filters itself, and takes what fits. */
export async function choose(list: Locator, typed: string, option: string | RegExp): Promise<void> {
  await list.fill(typed);
  await list.page().getByRole('option', { name: option }).first().click();
}
