/** G.711 A-law (ITU-T G.711), as telephone networks in China carry it: one byte a sample, 8000 a second. */
export const SAMPLE_RATE = 8000;

/** Linear 16-bit sample -> A-law byte. */
export function encodeAlaw(sample: number): number {
  const positive = sample >= 0;
  // 13 bits of magnitude; segment 0 and 1 share one step width, each further segment doubles it.
  const magnitude = Math.min(positive ? sample : -sample - 1, 32_767) >> 3;
  const segment = Math.max(0, 32 - Math.clz32(magnitude >> 5));
  const code = (segment << 4) | ((magnitude >> Math.max(1, segment)) & 0x0f);
  return (positive ? code | 0x80 : code) ^ 0x55;
}

/** A-law byte -> linear 16-bit sample. */
export function decodeAlaw(byte: number): number {
  const code = byte ^ 0x55;
  const segment = (code & 0x70) >> 4;
  const base = ((code & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? base : (base + 0x100) << (segment - 1);
  return (code & 0x80) === 0 ? -magnitude : magnitude;
}
