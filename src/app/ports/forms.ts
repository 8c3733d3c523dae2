import type { FormField, FormValues } from '../../domain/tickets/forms/form.ts';
import type { Transaction } from './transaction.ts';

export interface AppealForm {
  readonly categoryCode: string;
  readonly version: number;
  readonly title: string;
  readonly fields: readonly FormField[];
  readonly state: 'draft' | 'published' | 'ended';
  /** Raised by each save of a draft. */
  readonly revision: number;
}

/** The form that a ticket was written in, with what was filled in. */
export interface FilledForm extends Pick<AppealForm, 'categoryCode' | 'version' | 'title' | 'fields'> {
  readonly values: FormValues;
}

export interface FormBook {
  /** Every version of a category's own, the newest first. */
  versions(categoryCode: string, tx?: Transaction): Promise<readonly AppealForm[]>;
  /** What an appeal of this category is asked: its own, or that of the nearest above it; null: nothing. */
  inUse(categoryCode: string, tx?: Transaction): Promise<AppealForm | null>;
  /** Every category's that is in use or being drafted. */
  list(): Promise<readonly AppealForm[]>;
  /** False: there is no such category today. */
  lockCategory(categoryCode: string, tx: Transaction): Promise<boolean>;
  save(form: AppealForm, at: number, by: string | null, tx: Transaction): Promise<void>;
}
