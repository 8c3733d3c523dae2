import type { DutyList, DutyShift } from '../../domain/duty/roster.ts';
import type { Transaction } from './transaction.ts';

export interface DutyBook {
  lists(tx?: Transaction): Promise<readonly DutyList[]>;
  byCode(code: string): Promise<DutyList | null>;
  ofUnit(unitCode: string, tx: Transaction): Promise<DutyList | null>;
  /** `taken`: the code, or the unit has a list already. */
  add(list: DutyList, by: string): Promise<'added' | 'taken'>;
  /** Holds the list until the transaction ends; null: there is none. */
  lock(code: string, tx: Transaction): Promise<DutyList | null>;
  /** Of those that end after `fromMs`, the earliest first. */
  shifts(code: string, fromMs: number, tx?: Transaction): Promise<readonly DutyShift[]>;
  /** The same under an id that stands already is that shift. */
  addShift(code: string, shift: DutyShift, by: string, tx: Transaction): Promise<void>;
  /** Taken out, and kept in the books; false: it stands no more. */
  removeShift(code: string, id: string, by: string, at: number): Promise<boolean>;
}
