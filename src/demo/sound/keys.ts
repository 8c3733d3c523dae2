/** Payload type of telephone events in the citizen's offer (RFC 4733). */
export const PAYLOAD_EVENT = 101;
const KEYS = '0123456789*#';
/** Packets of a key while it is held (100 ms), each telling how long so far; then its end, said three times. */
const HELD = [160, 320, 480, 640] as const;
const LENGTH = 800;
const END = 0x80;
const VOLUME = 10;

export interface KeyFrame {
  /** The first packet of a key bears the marker. */
  readonly marker: boolean;
  readonly body: Uint8Array;
}

/** What a telephone sends for one key, a packet each 20 ms; all of them bear the timestamp of the first. */
export function keyFrames(key: string): readonly KeyFrame[] {
  const event = KEYS.indexOf(key);
  if (event === -1 || key.length !== 1) throw new Error(`"${key}" is no key of a telephone: one of ${KEYS}`);
  const frame = (duration: number, end: boolean): Uint8Array =>
    Uint8Array.of(event, (end ? END : 0) | VOLUME, duration >> 8, duration & 0xff);
  return [
    ...HELD.map((duration, at) => ({ marker: at === 0, body: frame(duration, false) })),
    ...Array.from({ length: 3 }, () => ({ marker: false, body: frame(LENGTH, true) })),
  ];
}

/** The key of an event; '?' for one that no telephone has. */
export const keyOf = (event: number): string => KEYS.charAt(event) || '?';
