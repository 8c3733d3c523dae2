import { nextTick, onBeforeUnmount, onMounted } from 'vue';

/**
 * Ctrl+Enter, before a list that has the focus and would open on it. In a list that is open, what was sought by typing and is
 * marked there is chosen first, as Enter would: who sends does not mean to send without it.
 */
export function useEnterFirst(run: () => void, when: () => boolean): void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !event.ctrlKey || event.isComposing || event.repeat || !when()) return;
    event.preventDefault();
    event.stopPropagation();
    if (!chooseMarked(event.target)) run();
    // What was chosen is in the form by the next tick.
    else void nextTick(run);
  };
  onMounted(() => window.addEventListener('keydown', pressed, true));
  onBeforeUnmount(() => window.removeEventListener('keydown', pressed, true));
}

/** True: an option was chosen. One that is chosen already stays so: in a list of several Enter would take it out. */
function chooseMarked(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLInputElement) || target.getAttribute('aria-expanded') !== 'true') return false;
  if (target.value.trim() === '') return false;
  const marked = document.getElementById(target.getAttribute('aria-activedescendant') ?? '');
  if (marked === null || marked.getAttribute('aria-selected') === 'true') return false;
  target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true }));
  return true;
}
