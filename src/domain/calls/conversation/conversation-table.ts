/**
 * Everybody in a talk but the citizen. Modes: rung, answered (who is on call is first asked for a key) and being joined, with the citizen (`in`), apart with
 * whoever consults (`aside`), or parted from all with music (`held`). An agent whose telephone was lost is waited for
 * (`awaited`) and rung again, at once where it is there.
 */
export const PARTY_TABLE = {
  ringing: { answered: ['joining', 'confirming'], lost: ['awaited'], ended: ['gone'] },
  confirming: { key: ['joining'], ended: ['gone'] },
  joining: { joined: ['in', 'aside'], lost: ['awaited'], ended: ['gone'] },
  in: { aside: ['aside'], lost: ['awaited', 'ringing'], ended: ['gone'] },
  aside: { together: ['in'], held: ['held'], lost: ['awaited', 'ringing'], ended: ['gone'] },
  held: { together: ['in'], aside: ['aside'], ended: ['gone'] },
  awaited: { rung: ['ringing'], ended: ['gone'] },
  gone: {},
} as const;
export type PartyState = Exclude<keyof typeof PARTY_TABLE, 'gone'>;

/**
 * A talk as a whole, and what an agent in it may ask for in each phase; what is not listed is refused. The phase is never
 * kept but read from who is where (`phaseOf`), so that it cannot disagree with it.
 *   together: the citizen hears all who are in.        citizenHeld: he hears music, the agents wait.
 *   calling: an agent has stepped aside and rings somebody, consulting: and talks with him, swapped: and is back with the
 *   citizen while the other hears music.               transferring: the citizen hears music until the next one takes him.
 */
export const CONVERSATION_TABLE = {
  together: [
    'reconnect',
    'hold',
    'resume',
    'mute',
    'unmute',
    'digits',
    'transfer',
    'consult',
    'invite',
    'emergencyBridge',
    'cancel',
    'remove',
    'accepted',
    'leave',
  ],
  citizenHeld: [
    'reconnect',
    'hold',
    'resume',
    'mute',
    'unmute',
    'digits',
    'transfer',
    'consult',
    'cancel',
    'remove',
    'leave',
  ],
  calling: ['reconnect', 'mute', 'unmute', 'cancel', 'complete', 'leave'],
  consulting: [
    'reconnect',
    'mute',
    'unmute',
    'digits',
    'swap',
    'cancel',
    'complete',
    'merge',
    'remove',
    'accepted',
    'leave',
  ],
  swapped: [
    'reconnect',
    'mute',
    'unmute',
    'digits',
    'swap',
    'cancel',
    'complete',
    'merge',
    'remove',
    'accepted',
    'leave',
  ],
  transferring: ['cancel'],
} as const;
export type Phase = keyof typeof CONVERSATION_TABLE;
