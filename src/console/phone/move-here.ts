import { Problem } from '../api/problem.ts';
import type { usePhone } from './phone.ts';

/** The switch asks a fresh registration whether it is there before it sends calls to it. */
const TRY_EVERY_MS = 500;
const TRIES = 20;

/** From the desk telephone to this browser. `ask` moves the calls; while the switch does not find us yet, again. */
export async function moveHere(
  phone: ReturnType<typeof usePhone>,
  ask: () => Promise<unknown>,
): Promise<void> {
  await phone.offerItself();
  try {
    for (let tries = 1; ; tries += 1) {
      try {
        await ask();
        return;
      } catch (error) {
        const early = error instanceof Problem && error.code === 'agent.phoneUnreachable' && tries < TRIES;
        if (!early) throw error;
        await new Promise((resolve) => window.setTimeout(resolve, TRY_EVERY_MS));
      }
    }
  } finally {
    phone.taken();
  }
}
