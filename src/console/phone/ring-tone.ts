/** As telephones here ring: one second of 450 Hz, four of silence. */
const RING = { hz: 450, onS: 1, everyMs: 5_000, volume: 0.2 };

/** Rings until it is stopped. Silent where the browser wants a click first: notice and title tell as well. */
export function startRinging(): () => void {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = RING.hz;
  volume.gain.value = 0;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  const once = (): void => {
    volume.gain.setValueAtTime(RING.volume, audio.currentTime);
    volume.gain.setValueAtTime(0, audio.currentTime + RING.onS);
  };
  once();
  const rounds = window.setInterval(once, RING.everyMs);
  return () => {
    window.clearInterval(rounds);
    void audio.close();
  };
}
