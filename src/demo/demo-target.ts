import type { SipPeer } from './phone/sip-link.ts';
import type { Dialling } from './sipp/citizen.ts';

/** The instance that the demo calls. */
export interface DemoTarget {
  readonly apiUrl: string;
  readonly sip: SipPeer;
  /** The address of this machine that the instance reaches: citizens, agents and units are here. */
  readonly host: string;
  /** Where the sample trunk sends calls to the units' own telephones; the demo answers there. */
  readonly carrierPort: number;
  readonly accounts: readonly { readonly username: string; readonly password: string }[];
  readonly sipp: Dialling['sipp'];
}
export type Say = (line: string) => void;
