/** The loudest sample of each column, 0 to 1, one list a channel. */
export function peaksOf(channels: readonly Float32Array[], columns: number): readonly Float32Array[] {
  return channels.map((samples) => {
    const peaks = new Float32Array(columns);
    const width = samples.length / columns;
    for (let column = 0; column < columns; column += 1) {
      const to = Math.floor((column + 1) * width);
      let peak = 0;
      for (let at = Math.floor(column * width); at < to; at += 1)
        peak = Math.max(peak, Math.abs(samples[at] ?? 0));
      peaks[column] = peak;
    }
    return peaks;
  });
}

/** Quiet telephone speech is seen as well: what is loudest fills the height. */
export function scaled(peaks: readonly Float32Array[]): readonly Float32Array[] {
  const loudest = Math.max(0.02, ...peaks.map((one) => one.reduce((most, peak) => Math.max(most, peak), 0)));
  return peaks.map((one) => one.map((peak) => peak / loudest));
}
