import { LEASE_MS, RENEW_EVERY_MS, type Term } from './term.ts';

/** What the store of the lease says. */
export type LeaseView =
  | { readonly kind: 'away' }
  | { readonly kind: 'held'; readonly term: Term }
  /** Handed back by who held it. */
  | { readonly kind: 'vacant' }
  /** It ran out, or the store lost it. `last`: whose it was, if the store still knows. */
  | {
      readonly kind: 'absent';
      readonly forMs: number;
      /** The store came back under our eyes: who holds the lease may take as long as we did to find it again. */
      readonly storeReturned: boolean;
      readonly last: Term | null;
    };

/** What our own folder says of the term that was seen last, here or elsewhere. */
export interface FolderView {
  readonly term: Term | null;
  readonly ours: boolean;
  /** Of a process that shares the folder: `dead` is proven by the kernel; `still`: it lives, but gives no sign. */
  readonly holder: 'dead' | 'still' | 'alive' | 'unknown';
}

/** What the switch says of the active call control, asked only while the store is away. */
export type WitnessView =
  /** It does not answer, or was not asked. */
  | { readonly kind: 'away' }
  /** It answers, and nobody has left a sign. */
  | { readonly kind: 'unsigned'; readonly forMs: number }
  | { readonly kind: 'signed'; readonly term: Term; readonly sameForMs: number };

export type Contending =
  | {
      readonly kind: 'take';
      readonly why: 'vacant' | 'holderDied' | 'leaseRanOut' | 'holderStill';
      /** Whose lease may be taken although it has not run out. */
      readonly seized: string | null;
    }
  | {
      readonly kind: 'wait';
      readonly why: 'held' | 'justLost' | 'holderAlive' | 'heldElsewhere' | 'nobodyKnown';
    };

/** A holder who is there puts back a lost lease within this time. */
const PUT_BACK_MS = RENEW_EVERY_MS + 200;
/** As long as a connection to the store may take to come back, and a renewal. */
const FIND_AGAIN_MS = 2_000 + PUT_BACK_MS;
/** A process that shares our folder and has given no sign for this long is frozen. */
export const STILL_AFTER_MS = LEASE_MS + RENEW_EVERY_MS;

const wait = (why: Extract<Contending, { kind: 'wait' }>['why']): Contending => ({ kind: 'wait', why });
const take = (
  why: Extract<Contending, { kind: 'take' }>['why'],
  seized: string | null = null,
): Contending => ({ kind: 'take', why, seized });

/**
 * Whether a call control that stands by becomes the active one. Never on a mere guess: it takes a lease that was handed
 * back or ran out, or one whose holder is proven dead. While the store is away the folder counts: one who shares it is
 * succeeded when he is dead or frozen. Of a holder elsewhere the switch is the witness: as long as he gives signs there
 * he goes on undisturbed; who gives none controls no call, whatever he is doing.
 */
export function contend(
  lease: LeaseView,
  folder: FolderView,
  witness: WitnessView = { kind: 'away' },
): Contending {
  switch (lease.kind) {
    case 'held': {
      const { id } = lease.term;
      return folder.term?.id === id && folder.holder === 'dead' ? take('holderDied', id) : wait('held');
    }
    case 'vacant':
      return take('vacant');
    case 'absent': {
      const { last, forMs, storeReturned } = lease;
      if (last !== null && folder.term?.id === last.id && folder.holder === 'dead') return take('holderDied');
      // It lives and shows so: it will put its lease back.
      if (folder.ours && folder.holder === 'alive') return wait('holderAlive');
      return forMs < (storeReturned ? FIND_AGAIN_MS : PUT_BACK_MS) ? wait('justLost') : take('leaseRanOut');
    }
    case 'away':
      // A later one signs than any that our folder knows: somebody elsewhere has succeeded already.
      if (!folder.ours || (witness.kind === 'signed' && isLater(witness.term, folder.term))) {
        return byWitness(folder.term !== null, witness);
      }
      if (folder.holder === 'dead') return take('holderDied');
      return folder.holder === 'still' ? take('holderStill') : wait('holderAlive');
    default:
      return lease satisfies never;
  }
}

const isLater = (term: Term, known: Term | null): boolean => term.generation > (known?.generation ?? 0);

function byWitness(isHeldElsewhere: boolean, witness: WitnessView): Contending {
  switch (witness.kind) {
    case 'signed':
      return witness.sameForMs > STILL_AFTER_MS ? take('holderStill') : wait('heldElsewhere');
    case 'unsigned':
      // After a restart of the switch its variable is gone until the holder's next sign.
      return isHeldElsewhere && witness.forMs > STILL_AFTER_MS
        ? take('holderStill')
        : nobody(isHeldElsewhere);
    case 'away':
      return nobody(isHeldElsewhere);
    default:
      return witness satisfies never;
  }
}

const nobody = (isHeldElsewhere: boolean): Contending =>
  wait(isHeldElsewhere ? 'heldElsewhere' : 'nobodyKnown');
