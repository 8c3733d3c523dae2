import type { Area } from './area.ts';

const found = import.meta.glob<{ area: Area }>('./pages/*/area.ts', { eager: true });

/** Every area there is, in the order of the menu. */
export const AREAS: readonly Area[] = Object.values(found)
  .map(({ area }) => area)
  .sort((a, b) => a.order - b.order);
