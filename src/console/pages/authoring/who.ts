import type { Role } from '../../session/session.ts';

/** Who writes: units their own, the centre's editors anybody's. */
export const AUTHORS: readonly Role[] = ['unit', 'operator'];
/** Who reads what is written, and judges it. */
export const READERS: readonly Role[] = [...AUTHORS, 'reviewer', 'lead', 'supervisor'];
