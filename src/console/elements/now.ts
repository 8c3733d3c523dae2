import { onScopeDispose, type Ref, readonly, ref } from 'vue';

const now = ref(Date.now());
let users = 0;
let ticking = 0;

/** This second, for whatever shows how long something has lasted. One timer for the whole page. */
export function useNow(): Readonly<Ref<number>> {
  users += 1;
  if (users === 1) {
    now.value = Date.now();
    ticking = window.setInterval(() => {
      now.value = Date.now();
    }, 1_000);
  }
  onScopeDispose(() => {
    users -= 1;
    if (users === 0) window.clearInterval(ticking);
  });
  return readonly(now);
}
