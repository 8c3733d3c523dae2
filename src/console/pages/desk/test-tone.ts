const TONE = { hz: 660, ms: 800, volume: 0.3 };

/** Played where calls will be heard; resolves when it is over. */
export async function playTestTone(deviceId: string): Promise<void> {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  const line = audio.createMediaStreamDestination();
  tone.frequency.value = TONE.hz;
  volume.gain.value = TONE.volume;
  tone.connect(volume).connect(line);
  const player = new Audio();
  player.srcObject = line.stream;
  // Unplugged since it was chosen: the system's own.
  if ('setSinkId' in player) await player.setSinkId(deviceId).catch(() => player.setSinkId(''));
  await player.play();
  tone.start();
  await new Promise((resolve) => window.setTimeout(resolve, TONE.ms));
  await audio.close();
}
