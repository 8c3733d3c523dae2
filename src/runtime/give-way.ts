import { getPriority, setPriority } from 'node:os';

const NICEST = 19;

/**
 * Work that a caller never waits for: the books and PostgreSQL beneath them. On two full processors the slowest of a
 * hundred answers to INVITE took a third of the time with PostgreSQL behind the telephone (75 calls/s, `load`).
 */
export const BEHIND_TELEPHONE = 10;

/**
 * By so much behind the others of the product (less than 0: before them), whatever priority all of it was started
 * with. Going before others needs a right that few accounts have: without it the program stays where it is.
 */
export function giveWay(pid: number, by: number): void {
  try {
    setPriority(pid, Math.min(NICEST, getPriority(pid) + by));
  } catch (error) {
    // Node tells of the system's own refusal in `info`.
    const { code = '' } = (error as { readonly info?: { readonly code?: string } }).info ?? {};
    // Not allowed; or gone again already, which its exit tells.
    if (!['EACCES', 'EPERM', 'ESRCH'].includes(code)) throw error;
  }
}
