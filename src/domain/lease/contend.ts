import { LEASE_MS, RENEW_EVERY_MS, type Term } from './term.ts';

/**
 * What the store of the lease says. `gap`: the store's own name for a time in which nobody holds the lease. It ends when
 * somebody takes the lease or puts it back, and is lost with everything else when the store loses its data: who finds
 * one name twice knows that neither happened in between.
 */
export type StoredLease =
  | { readonly kind: 'held'; readonly term: Term }
  /** Handed back by `last`, who held it. */
  | { readonly kind: 'vacant'; readonly gap: string; readonly last: Term }
  /** It ran out, or the store lost it. `last`: whose it was, if the store still knows. */
  | {
      readonly kind: 'absent';
      readonly gap: string;
      /** At least so long the gap has had this name. */
      readonly forMs: number;
      readonly how: Absence;
      readonly last: Term | null;
    };
export type LeaseView = { readonly kind: 'away' } | StoredLease;

export type Absence =
  /** Under our eyes, after it was renewed under them, and the store knows whose it was. */
  | 'ranOut'
  /** We did not see it end: the store lost it, or we have only begun to look. */
  | 'unseen'
  /** The store came back under our eyes, and the lease was not there since. */
  | 'storeReturned';

/** What our own folder says of the term that was seen last, here or elsewhere. */
export interface FolderView {
  readonly term: Term | null;
  readonly ours: boolean;
  /** Of a process that shares the folder: `dead` is proven by the kernel; `still`: it lives, but gives no sign. */
  readonly holder: 'dead' | 'still' | 'alive' | 'unknown';
}

/** What the switch says of the active call control; when it is asked: see `asksSwitch`. */
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
    }
  | {
      readonly kind: 'wait';
      readonly why: 'held' | 'justLost' | 'holderAlive' | 'heldElsewhere' | 'nobodyKnown';
    };

/** A holder who is there puts back a lost lease within this time. */
const PUT_BACK_MS = RENEW_EVERY_MS + 200;
/**
 * From when on a lease that is absent may be taken. One that ran out has let its holder go already: what is left is his
 * chance to come back from a pause. Of one that was lost he may know nothing for as long as he goes on without a renewal,
 * and that is the whole of a lease. A store that returns he may find as late as a connection takes, and a renewal.
 */
const GRACE_MS: Readonly<Record<Absence, number>> = {
  ranOut: PUT_BACK_MS,
  unseen: LEASE_MS,
  storeReturned: 2_000 + PUT_BACK_MS,
};
/** A process that shares our folder and has given no sign for this long is frozen. */
export const STILL_AFTER_MS = LEASE_MS + RENEW_EVERY_MS;
/**
 * Without the store nobody acts whose sign at the switch is older than a lease; two machines' clocks run apart by less than
 * the rest.
 */
export const SIGN_COUNTS_MS = LEASE_MS + 100;

const wait = (why: Extract<Contending, { kind: 'wait' }>['why']): Contending => ({ kind: 'wait', why });
const take = (why: Extract<Contending, { kind: 'take' }>['why']): Contending => ({ kind: 'take', why });

/**
 * Whether the switch is to be asked. A store that is away says nothing; of who took office while it was away, whose lease
 * it lost, or who does not reach it, it knows nothing either. Of a holder elsewhere it must be known when it comes to taking
 * his lease how long he has given no sign. Of one who renews his lease and shares our folder nothing is left to ask.
 */
export const asksSwitch = (lease: LeaseView, folder: FolderView): boolean =>
  lease.kind !== 'held' || !folder.ours;

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
      return folder.term?.id === id && folder.holder === 'dead' ? take('holderDied') : wait('held');
    }
    case 'vacant':
      return follower(lease.last, folder, witness) ?? take('vacant');
    case 'absent': {
      const { last, forMs, how } = lease;
      const followed = follower(last, folder, witness);
      if (followed !== null) return followed;
      if (last !== null && folder.term?.id === last.id && folder.holder === 'dead') return take('holderDied');
      // It lives and shows so: it will put its lease back.
      if (folder.ours && folder.holder === 'alive') return wait('holderAlive');
      return forMs < GRACE_MS[how] ? wait('justLost') : take('leaseRanOut');
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

/** Later than whom the store knows, and alive: he took office without the store, or his lease was lost there. */
function follower(last: Term | null, folder: FolderView, witness: WitnessView): Contending | null {
  if (folder.ours && folder.holder === 'alive' && folder.term !== null && isLater(folder.term, last)) {
    return wait('holderAlive');
  }
  if (witness.kind !== 'signed' || witness.sameForMs > STILL_AFTER_MS) return null;
  // Of who shares our folder we know better; and whose lease was lost, and nobody's after his, has the whole grace.
  if (folder.term?.id === witness.term.id && (folder.ours || last === null)) return null;
  return isLater(witness.term, last) ? wait('heldElsewhere') : null;
}

/**
 * Whether he whose lease is about to be taken may still act, for all that is known. Cut off from the store alone he goes by
 * the switch, with a sign there in every lease: who takes over must be known to him there before he acts himself. Who
 * handed his lease back, died, or was seen to stand still does not.
 */
export function mayStillAct(lease: LeaseView, folder: FolderView, witness: WitnessView): boolean {
  const stored = lease.kind === 'away' ? null : lease.kind === 'held' ? lease.term : lease.last;
  const signed = witness.kind === 'signed' ? witness.term : null;
  const before = latestOf([stored, folder.term, signed]);
  if (before === null) return false;
  if (lease.kind === 'vacant' && lease.last.id === before.id) return false;
  const isSeen = folder.ours && folder.term?.id === before.id;
  if (isSeen && (folder.holder === 'dead' || folder.holder === 'still')) return false;
  switch (witness.kind) {
    case 'signed':
      return witness.sameForMs < SIGN_COUNTS_MS;
    case 'unsigned':
      return witness.forMs < SIGN_COUNTS_MS;
    case 'away':
      return true;
    default:
      return witness satisfies never;
  }
}

const latestOf = (terms: readonly (Term | null)[]): Term | null =>
  terms.reduce((latest, term) => (term !== null && isLater(term, latest) ? term : latest), null);

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
