import { ref } from 'vue';

const KEPT = 'yihaotong.largeType';

function kept(): boolean {
  try {
    return localStorage.getItem(KEPT) === 'yes';
  } catch {
    // A browser that keeps nothing begins with usual letters.
    return false;
  }
}
const large = ref(kept());

/** 大字版: for who sees little, kept in this browser. */
export function useLargeType() {
  return {
    large,
    toggle(): void {
      large.value = !large.value;
      try {
        localStorage.setItem(KEPT, large.value ? 'yes' : 'no');
      } catch {
        // It holds until the page is closed.
      }
    },
  };
}
