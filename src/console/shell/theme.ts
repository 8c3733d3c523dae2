import { ref } from 'vue';

const KEPT = 'yihaotong.theme';
const dark = ref(false);

function wanted(): boolean {
  try {
    const kept = localStorage.getItem(KEPT);
    if (kept !== null) return kept === 'dark';
  } catch {
    // Nothing is kept: as the desk is set.
  }
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

function show(isDark: boolean): void {
  dark.value = isDark;
  document.documentElement.classList.toggle('dark', isDark);
}
show(wanted());

/** Light or dark, as this browser last chose, else as its desk is set. */
export function useTheme() {
  return {
    dark,
    toggle(): void {
      show(!dark.value);
      try {
        localStorage.setItem(KEPT, dark.value ? 'dark' : 'light');
      } catch {
        // It holds until the page is closed.
      }
    },
  };
}
