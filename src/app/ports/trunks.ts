import type { CarrierCall } from '../../domain/hotlines/recognise.ts';
import type { PageAsked, Paged } from './page.ts';

/** A call as its trunk brought it, with what was made of it then. */
export interface TrunkCall extends CarrierCall {
  readonly id: string;
  readonly atMs: number;
  readonly trunk: string;
  readonly result: string | null;
  /** As they came, by their field in the call's fact. */
  readonly headers: CarrierCall['headers'] & {
    readonly pAssertedIdentity: string;
    readonly from: string;
  };
  /** Null while nothing is recognised, or for ever when the call was lost before. */
  readonly recognised: {
    readonly line: string | null;
    readonly method: string;
    readonly confidence: string;
    readonly reason: string;
    readonly configurationVersion: number;
  } | null;
}

export interface TrunkBooks {
  /** The trunk's last calls, newest first. Refuses with `page.invalid`. */
  callsOf(trunk: string, page: PageAsked): Promise<Paged<TrunkCall>>;
  /** Every trunk that ever brought a call, with the moment of the last one, epoch milliseconds. */
  seen(): Promise<readonly { readonly code: string; readonly lastCallMs: number }[]>;
}
