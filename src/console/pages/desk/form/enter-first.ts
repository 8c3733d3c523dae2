import { onBeforeUnmount, onMounted } from 'vue';

/** Ctrl+Enter, before a list that has the focus and would open on it. */
export function useEnterFirst(run: () => void, when: () => boolean): void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !event.ctrlKey || event.isComposing || event.repeat || !when()) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  onMounted(() => window.addEventListener('keydown', pressed, true));
  onBeforeUnmount(() => window.removeEventListener('keydown', pressed, true));
}
