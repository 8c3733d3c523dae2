// What runs in the browser of an agent in a test: JsSIP, a tone instead of a voice, an ear that tells frequencies.
import JsSIP from 'jssip';

let agent;
let session;
let arrived;
const arrival = new Promise((resolve) => {
  arrived = resolve;
});
let ear;

const page = {
  /** Resolves when the switch has taken the registration. */
  async register({ socket, uri, secret }) {
    // Whoever may use the microphone tells the other side its real addresses.
    await navigator.mediaDevices.getUserMedia({ audio: true });
    agent = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(socket)],
      uri,
      password: secret,
      register_expires: 120,
      session_timers: false,
    });
    agent.on('newRTCSession', ({ originator, session: fresh }) => {
      if (originator !== 'remote') return;
      session = fresh;
      arrived(fresh.remote_identity.uri.user);
    });
    await new Promise((resolve, reject) => {
      agent.on('registered', resolve);
      agent.on('registrationFailed', ({ cause }) => reject(new Error(`not registered: ${cause}`)));
      agent.start();
    });
  },

  /** The number of the caller, once the phone rings. */
  rung: () => arrival,

  /** Answers and speaks a tone; resolves when sound may flow. */
  async answer(hz) {
    const audio = new AudioContext();
    const voice = audio.createOscillator();
    const volume = audio.createGain();
    const line = audio.createMediaStreamDestination();
    voice.frequency.value = hz;
    // As loud as the citizen, so that both stand out in the recording.
    volume.gain.value = 0.25;
    voice.connect(volume).connect(line);
    voice.start();
    ear = audio.createAnalyser();
    ear.fftSize = 8192;
    ear.smoothingTimeConstant = 0;
    const confirmed = new Promise((resolve, reject) => {
      session.on('confirmed', resolve);
      session.on('failed', ({ cause }) => reject(new Error(`the call failed: ${cause}`)));
    });
    session.on('peerconnection', ({ peerconnection }) => {
      peerconnection.addEventListener('track', ({ track }) => {
        const heard = new MediaStream([track]);
        // Chromium decodes a remote track only while an element plays it.
        const player = new Audio();
        player.srcObject = heard;
        player.muted = true;
        void player.play();
        audio.createMediaStreamSource(heard).connect(ear);
      });
    });
    session.answer({ mediaStream: line.stream, pcConfig: { iceServers: [] } });
    await confirmed;
  },

  /** The loudest frequency now, in Hz; 0 in silence. */
  loudest() {
    const levels = new Float32Array(ear.frequencyBinCount);
    ear.getFloatFrequencyData(levels);
    const peak = levels.reduce((best, level, at) => (level > levels[best] ? at : best), 0);
    return levels[peak] < -60 ? 0 : (peak * ear.context.sampleRate) / ear.fftSize;
  },

  /** What the browser itself says of the sound: packets both ways, codec, and the way that ICE has found. */
  async media() {
    const all = [...(await session.connection.getStats()).values()];
    const inbound = all.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio');
    const outbound = all.find(({ type, kind }) => type === 'outbound-rtp' && kind === 'audio');
    const pair = all.find(({ type, nominated, state }) => {
      return type === 'candidate-pair' && nominated && state === 'succeeded';
    });
    return {
      received: inbound?.packetsReceived ?? 0,
      sent: outbound?.packetsSent ?? 0,
      codec: all.find(({ id }) => id === inbound?.codecId)?.mimeType ?? '',
      remote: all.find(({ id }) => id === pair?.remoteCandidateId)?.address ?? '',
    };
  },

  async hangUp() {
    const over = new Promise((resolve) => session.on('ended', resolve));
    session.terminate();
    await over;
  },
};

globalThis.phone = page;
