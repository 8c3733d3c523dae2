/**
 * By which share the time told here runs slower, where the machine's clock was set back: meanwhile a wait of fifteen
 * seconds is told three quarters of a second too short.
 */
const SLOWER = 0.05;
/**
 * What a time server sets right at once is less than this. Set back by more the clock was wrong, or is now, and is followed
 * all the same: for a day to be ahead of the books and of the switch, and of itself after a restart, would be worse than one
 * line of callers in the wrong order.
 */
const AHEAD_AT_MOST_MS = 5_000;

/**
 * The machine's time, which is not told to go back by the little by which clocks are set: whoever came first waits longer
 * than who came after him. Set forward it is followed at once; set back, it is told slower until the two are one again.
 */
export function steadyTime(wallMs: () => number, ticksMs: () => number): () => number {
  let [toldMs, atTicks] = [wallMs(), ticksMs()];
  return () => {
    const [wall, ticks] = [wallMs(), ticksMs()];
    const steady = toldMs + Math.max(0, ticks - atTicks) * (1 - SLOWER);
    toldMs = steady > wall + AHEAD_AT_MOST_MS ? wall : Math.max(wall, steady);
    atTicks = ticks;
    return Math.floor(toldMs);
  };
}
