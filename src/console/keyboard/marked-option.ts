/**
 * In a list that is open, what was sought by typing and is marked there is chosen, as Enter would: who sends does not mean to
 * send without it. True: an option was chosen, and is in the form by the next tick. One that is chosen already stays so: in a
 * list of several Enter would take it out.
 */
export function chooseMarked(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLInputElement) || target.getAttribute('aria-expanded') !== 'true') return false;
  if (target.value.trim() === '') return false;
  const marked = document.getElementById(target.getAttribute('aria-activedescendant') ?? '');
  if (marked === null || marked.getAttribute('aria-selected') === 'true') return false;
  target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true }));
  return true;
}
