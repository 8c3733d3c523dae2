/** How loud a microphone is, 0 to 100, some times a second, until it is stopped. */
export function loudnessOf(stream: MediaStream, tell: (level: number) => void): () => void {
  const audio = new AudioContext();
  const ear = audio.createAnalyser();
  ear.fftSize = 1024;
  audio.createMediaStreamSource(stream).connect(ear);
  const samples = new Float32Array(ear.fftSize);
  const looks = window.setInterval(() => {
    ear.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
    // From silence (-60 dB) to the loudest there is.
    const decibels = 10 * Math.log10(power + 1e-9);
    tell(Math.round(Math.min(100, Math.max(0, ((decibels + 60) / 60) * 100))));
  }, 150);
  return () => {
    window.clearInterval(looks);
    void audio.close();
  };
}
