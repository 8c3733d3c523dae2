export interface NetworkSeen {
  readonly roundTripMs: number;
  readonly jitterMs: number;
  /** Of the questions that were asked, 0 to 1. */
  readonly loss: number;
  readonly good: boolean;
}

const QUESTIONS = 10;
const LATE_MS = 2_000;
/** A talk is comfortable below (ITU-T G.114, there and back). */
const GOOD = { roundTripMs: 300, jitterMs: 30, loss: 0.02 };

/** Asks the server some times, one after the other. The way of the sound itself is measured in each call. */
export async function tryNetwork(): Promise<NetworkSeen> {
  const trips: number[] = [];
  for (let asked = 0; asked < QUESTIONS; asked += 1) {
    const began = performance.now();
    const answered = await fetch('/healthz', {
      cache: 'no-store',
      signal: AbortSignal.timeout(LATE_MS),
    }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) trips.push(performance.now() - began);
  }
  const mean = trips.reduce((sum, one) => sum + one, 0) / Math.max(1, trips.length);
  const steps = trips.slice(1).map((one, nth) => Math.abs(one - (trips[nth] ?? one)));
  const jitterMs = steps.reduce((sum, one) => sum + one, 0) / Math.max(1, steps.length);
  const loss = 1 - trips.length / QUESTIONS;
  const good = mean < GOOD.roundTripMs && jitterMs < GOOD.jitterMs && loss <= GOOD.loss;
  return { roundTripMs: mean, jitterMs, loss, good };
}
