import type { Appeal } from '../../domain/restrictions/appeal.ts';
import type { RestrictionState } from '../../domain/restrictions/life.ts';
import type { Measure, MeasureEvent } from '../../domain/restrictions/measure.ts';
import type { PageAsked, Paged } from './page.ts';
import type { RuleTrace } from './rules.ts';
import type { Transaction } from './transaction.ts';

/** A restriction as a screen shows it. Times are epoch milliseconds. */
export interface MeasureView extends Measure {
  readonly requestedByName: string;
  readonly approvedByName: string | null;
  readonly openAppeal: string | null;
  /** Calls that it turned away. */
  readonly refusedCalls: number;
}
export interface MeasureEventEntry extends MeasureEvent {
  readonly actorName: string;
}
export interface AppealView extends Appeal {
  readonly recordedByName: string | null;
  readonly decidedByName: string | null;
  /** Who had a hand in what it is against. */
  readonly measure: Pick<Measure, 'requestedBy' | 'approvedBy'>;
}

export interface MeasureFilter {
  /** In the one spelling. */
  readonly number?: string;
  readonly states?: readonly RestrictionState[];
}

export interface RestrictionBook {
  /** One change of restrictions at a time, until the transaction ends. */
  lock(tx: Transaction): Promise<void>;
  /** Of the municipality, by which numbers are spelled. Code: rules.none without one. */
  areaCode(tx?: Transaction): Promise<string>;
  daysAtMost(tx?: Transaction): Promise<number>;
  setDaysAtMost(days: number, tx: Transaction): Promise<void>;
  byId(id: string, tx?: Transaction): Promise<Measure | null>;
  /** Every one that a number has had. */
  ofNumber(number: string, tx?: Transaction): Promise<readonly Measure[]>;
  /** Active by their state, whatever the hour says. */
  active(tx?: Transaction): Promise<readonly Measure[]>;
  /** Of them those whose end has come. */
  due(nowMs: number, tx?: Transaction): Promise<readonly Measure[]>;
  save(measure: Measure, event: MeasureEvent, trace: RuleTrace, tx: Transaction): Promise<void>;
  view(id: string): Promise<MeasureView | null>;
  /** Newest first. Refuses with `page.invalid`. */
  list(filter: MeasureFilter, page: PageAsked): Promise<Paged<MeasureView>>;
  events(id: string): Promise<readonly MeasureEventEntry[]>;

  appeals(measureId: string, tx?: Transaction): Promise<readonly AppealView[]>;
  appeal(id: string, tx?: Transaction): Promise<Appeal | null>;
  openAppeals(): Promise<readonly AppealView[]>;
  saveAppeal(appeal: Appeal, tx: Transaction): Promise<void>;
}

/** Calls of limited numbers that reached a person within the last hour: kept so that a restart does not forget them. */
export interface CallerHoursStore {
  read(): Promise<readonly { readonly number: string; readonly reachedMs: readonly number[] }[]>;
  save(number: string, reachedMs: readonly number[]): void;
  drop(number: string): void;
}
