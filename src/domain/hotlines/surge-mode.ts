/**
 * 高峰模式 (C11): what one switch changes for desks that cannot keep up, until its time is over or somebody ends it. Beside
 * the versions of the rules and never written into them: when it is over, everything is what it was.
 */
export interface SurgeMode {
  readonly id: string;
  /** The desks that cannot keep up. */
  readonly queues: readonly string[];
  readonly untilMs: number;
  /** No wrap-up after a talk of these desks is longer; null: as the queues say. */
  readonly wrapUpMs: number | null;
  /** Who has waited so long is offered to be called back; null: as the queues say. */
  readonly callbackAfterMs: number | null;
  /** Accounts with a seat, of leads and back office, who take calls of these desks as well. */
  readonly helpers: readonly string[];
}

/** For as long at most as a shift: what lasts belongs into the rules. */
export const SURGE_MODE_MINUTES = { least: 5, most: 12 * 60 } as const;

export const isOn = (mode: Pick<SurgeMode, 'untilMs'> | null | undefined, nowMs: number): boolean =>
  mode !== null && mode !== undefined && nowMs < mode.untilMs;
