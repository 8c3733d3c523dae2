/** How the other side was heard on one leg of a talk, as the telephone in the browser has measured it (RTP and RTCP). */
export interface TalkQuality {
  /** Over which it was measured. */
  readonly seconds: number;
  /** Of the packets that should have come, 0 to 1. */
  readonly loss: number;
  readonly jitterMs: number;
  /** There and back; null: nobody has measured it. */
  readonly roundTripMs: number | null;
  /** Estimated opinion of the whole, 1 to 4.5 (E-model, ITU-T G.107). */
  readonly mos: number;
  /** Of the worst few seconds in it. */
  readonly worstMos: number;
}

/**
 * Below it a talk is flagged. By the E-model (ITU-T G.107, annex B) an opinion of 3.6 is a rating R of 70, below which "many users
 * are dissatisfied"; 3.5 leaves the rounding of a measurement to the good side.
 */
export const BAD_MOS = 3.5;

/** What is shorter tells more of the start of the sound than of the talk. */
export const LEAST_SECONDS = 5;

export const isBad = ({ mos }: Pick<TalkQuality, 'mos'>): boolean => mos < BAD_MOS;
