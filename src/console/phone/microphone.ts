import { keptDevice } from './kept-devices.ts';

/** `unsafe`: the page did not come over HTTPS (nor from this machine), and a browser gives it no microphone. */
export type MicrophoneNow = 'unknown' | 'there' | 'refused' | 'none' | 'busy' | 'unsafe';

/** Why a microphone was not to be had. */
export class NoMicrophone extends Error {
  readonly why: Exclude<MicrophoneNow, 'unknown' | 'there'>;

  constructor(why: NoMicrophone['why'], cause?: unknown) {
    super(`no microphone: ${why}`, { cause });
    this.name = 'NoMicrophone';
    this.why = why;
  }
}

const wish = (deviceId: string): MediaStreamConstraints => ({
  audio: {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...(deviceId === '' ? {} : { deviceId: { exact: deviceId } }),
  },
});

/** The microphone that was chosen at this desk; if it is gone, the system's. Throws `NoMicrophone`. */
export async function openMicrophone(deviceId = keptDevice('microphone')): Promise<MediaStream> {
  if (!window.isSecureContext || navigator.mediaDevices === undefined) throw new NoMicrophone('unsafe');
  try {
    return await navigator.mediaDevices.getUserMedia(wish(deviceId));
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    // Unplugged since it was chosen: better any than none.
    if (name === 'OverconstrainedError' && deviceId !== '') return openMicrophone('');
    if (name === 'NotAllowedError' || name === 'SecurityError') throw new NoMicrophone('refused', error);
    if (name === 'NotFoundError' || name === 'OverconstrainedError') throw new NoMicrophone('none', error);
    if (name === 'NotReadableError' || name === 'AbortError') throw new NoMicrophone('busy', error);
    throw error;
  }
}

/** Asks for it and lets go at once: whether there is one is known before the first citizen rings. */
export async function tryMicrophone(): Promise<MicrophoneNow> {
  try {
    closeStream(await openMicrophone());
    return 'there';
  } catch (error) {
    if (error instanceof NoMicrophone) return error.why;
    throw error;
  }
}

export function closeStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** When a headset is plugged in or out, or the permission is changed. Returns the way to stop being told. */
export function onDevicesChange(tell: () => void): () => void {
  const devices = navigator.mediaDevices;
  if (devices === undefined) return () => undefined;
  devices.addEventListener('devicechange', tell);
  let permission: PermissionStatus | null = null;
  void navigator.permissions
    .query({ name: 'microphone' })
    .then((status) => {
      permission = status;
      status.addEventListener('change', tell);
    })
    // A browser that cannot say tells when it is asked for the device.
    .catch(() => undefined);
  return () => {
    devices.removeEventListener('devicechange', tell);
    permission?.removeEventListener('change', tell);
  };
}
