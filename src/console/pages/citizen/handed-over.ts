import type { Whose } from './followed.ts';

let handed: Whose | null = null;

/**
 * From the form to the page of its progress, by the link that is pressed. Kept in no store: the next one before a common machine
 * finds nobody's number and telephone.
 */
export const handOver = (whose: Whose): void => {
  handed = whose;
};
/** Once: whoever comes to that page in another way finds it empty. */
export function takeHandedOver(): Whose | null {
  const taken = handed;
  handed = null;
  return taken;
}
