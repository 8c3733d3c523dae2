import type { Wav } from './wav.ts';

/** Why a recording is not taken; each with what was measured. */
export type RecordingFault =
  | { readonly code: 'tooShort' | 'tooLong'; readonly measured: number; readonly limit: number }
  | { readonly code: 'silent' | 'clipped' | 'gaps'; readonly measured: number; readonly limit: number };

export const RECORDING_MS = [300, 60_000] as const;
/** What plays longer than the longest recording, a tone or a good-bye after it, will not tell its end any more. */
export const PLAYING_AT_MOST_MS = RECORDING_MS[1] + 5_000;
/** Loudest tenth of a second, of full scale; a quiet room is some thousandth. */
const SILENT_BELOW = 0.01;
/** Share of samples at the end of the scale. A voice that is merely loud touches it now and then. */
const CLIPPED_ABOVE = 0.005;
const FULL_SCALE = 0.999;
/** Silence before the first or after the last word: a caller takes it for a broken line. */
const GAP_MS_AT_MOST = 3_000;
const WINDOW_MS = 100;

/** What is wrong with a recording as a prompt: length, silence, distortion, long gaps at its ends. */
export function checkRecording({ samples, rateHz, durationMs }: Wav): readonly RecordingFault[] {
  const [least, most] = RECORDING_MS;
  if (durationMs < least) return [{ code: 'tooShort', measured: durationMs, limit: least }];
  if (durationMs > most) return [{ code: 'tooLong', measured: durationMs, limit: most }];
  const loud = loudness(samples, Math.max(1, Math.round((rateHz * WINDOW_MS) / 1000)));
  const peak = Math.max(...loud);
  if (peak < SILENT_BELOW) return [{ code: 'silent', measured: peak, limit: SILENT_BELOW }];
  let full = 0;
  for (const sample of samples) if (Math.abs(sample) >= FULL_SCALE) full += 1;
  const clipped = full / samples.length;
  if (clipped > CLIPPED_ABOVE) return [{ code: 'clipped', measured: clipped, limit: CLIPPED_ABOVE }];
  const first = loud.findIndex((one) => one >= SILENT_BELOW);
  const last = loud.findLastIndex((one) => one >= SILENT_BELOW);
  const gap = Math.max(first, loud.length - 1 - last) * WINDOW_MS;
  return gap > GAP_MS_AT_MOST ? [{ code: 'gaps', measured: gap, limit: GAP_MS_AT_MOST }] : [];
}

/** Root mean square of each window. */
function loudness(samples: Float32Array, window: number): readonly number[] {
  const found: number[] = [];
  for (let from = 0; from < samples.length; from += window) {
    const part = samples.subarray(from, from + window);
    let sum = 0;
    for (const sample of part) sum += sample * sample;
    found.push(Math.sqrt(sum / part.length));
  }
  return found;
}
