import type { IncomingCall, RingTarget } from '../../src/app/ports/switch.ts';
import { readCentreAddress } from '../../src/domain/hotlines/centre-address.ts';

// What the switch in memory knows of a channel, and which names and targets the real switch would not even be asked for.

export interface FakeChannel {
  readonly id: string;
  readonly incoming: IncomingCall | null;
  readonly target: string | null;
  readonly originator: string | null;
  up: boolean;
  rang: boolean;
  bridge: string | null;
  music: boolean;
  muted: boolean;
  /** Keys that were sent to its far end. */
  digits: string;
  readonly headers: Readonly<Record<string, string>>;
}

const PLAIN = {
  incoming: null,
  target: null,
  originator: null,
  up: false,
  rang: false,
  bridge: null,
  music: false,
  muted: false,
  digits: '',
  headers: {},
};

export const newChannel = (id: string, known: Partial<FakeChannel>): FakeChannel => ({
  id,
  ...PLAIN,
  ...known,
});

/** What is rung; null when the real switch would not even be asked. */
export function dialable(target: RingTarget): string | null {
  switch (target.kind) {
    case 'phone':
      return isPhoneName(target.phone) ? target.phone : null;
    case 'number':
      return /^\d{3,20}$/.test(target.number) && isPhoneName(target.trunk) ? target.number : null;
    case 'centre':
      return readCentreAddress(target.address) !== null && isPhoneName(target.trunk) ? target.address : null;
    default:
      return target satisfies never;
  }
}

export const isRecordingName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9.-]{0,99}$/.test(name);

export function isPhoneName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/.test(name) && !/^\d+$/.test(name);
}
