/** What decides who may read a word of an appeal, as its ticket has it or as it is being written down. */
export interface Discretion {
  readonly confidential: boolean;
  readonly anonymous: boolean;
  /** Kept to a list of persons; of what is not a ticket yet there is none. */
  readonly listedOnly?: boolean;
  readonly type: string;
}

/**
 * Counted, and never quoted to anybody who does not have it in hand: a confidential or anonymous appeal, one that is kept to a
 * list, a report of a violation (举报). Even its words without a name may tell who speaks.
 */
export const isDiscreet = ({ confidential, anonymous, listedOnly = false, type }: Discretion): boolean =>
  confidential || anonymous || listedOnly || type === 'REPORT';
