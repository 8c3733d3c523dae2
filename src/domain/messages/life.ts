/**
 * The life of a message to a citizen. `sending` is claimed by one worker for a while; what it came to is written only
 * by the holder of that claim.
 */
export const MESSAGE_STATES = ['pending', 'sending', 'sent', 'failed', 'cancelled'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export const MESSAGE_MOVES = {
  claim: { from: ['pending'], to: 'sending' },
  /** The driver took it; its proof is kept. */
  deliver: { from: ['sending'], to: 'sent' },
  /** Not now: the gateway is away, it is night, or the worker died with the claim. */
  putBack: { from: ['sending'], to: 'pending' },
  /** The gateway will never take it, or was asked too often. */
  fail: { from: ['sending'], to: 'failed' },
  /** It says nothing any more, or what it speaks of is off. */
  cancel: { from: ['pending', 'sending'], to: 'cancelled' },
  /** A person wants it tried again. */
  retry: { from: ['failed'], to: 'pending' },
} as const satisfies Record<string, { readonly from: readonly MessageState[]; readonly to: MessageState }>;
