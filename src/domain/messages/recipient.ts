import { normaliseNumber } from '../hotlines/number.ts';
import type { MessageKind } from './kinds.ts';
import { MESSAGE_KINDS } from './kinds.ts';

export type Recipient =
  | { readonly kind: 'number'; readonly number: string }
  /** Nobody can be written to: the number was withheld, is none, or cannot receive such a message. */
  | { readonly kind: 'none'; readonly why: 'withheld' | 'invalid' | 'notMobile' };

const MOBILE = /^1[3-9]\d{9}$/;

/** Whom a caller's number, in any spelling of a carrier, leads to. */
export function recipientOf(raw: string, kind: MessageKind, areaCode: string): Recipient {
  if (/^\s*$|anonymous|unavailable|restricted|withheld/i.test(raw)) return { kind: 'none', why: 'withheld' };
  const number = normaliseNumber(raw, areaCode);
  if (number === null) return { kind: 'none', why: 'invalid' };
  const { channel } = MESSAGE_KINDS[kind];
  switch (channel) {
    case 'sms':
      return MOBILE.test(number) ? { kind: 'number', number } : { kind: 'none', why: 'notMobile' };
    default:
      return channel satisfies never;
  }
}
