/**
 * By which share the time told here runs slower, where the machine's clock was set back: meanwhile a wait of fifteen
 * seconds is told three quarters of a second too short.
 */
const SLOWER = 0.05;

/**
 * The machine's time, which is never told to go back: whoever came first waits longer than who came after him, also when
 * somebody sets the clock. Set forward it is followed at once; set back, it is told slower until the two are one again.
 */
export function steadyTime(wallMs: () => number, ticksMs: () => number): () => number {
  let [toldMs, atTicks] = [wallMs(), ticksMs()];
  return () => {
    const ticks = ticksMs();
    const passed = Math.max(0, ticks - atTicks);
    toldMs = Math.max(wallMs(), toldMs + passed * (1 - SLOWER));
    atTicks = ticks;
    return Math.floor(toldMs);
  };
}
