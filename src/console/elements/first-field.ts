/** Where somebody begins to type in what has just opened. */
export function focusFirstField(within: HTMLElement | undefined): void {
  within
    ?.querySelector<HTMLElement>('textarea:not([disabled]), input:not([disabled]), button:not([disabled])')
    ?.focus();
}
