import type { CodeTerm } from '../../domain/codes/code-list.ts';
import type { Queue } from '../../domain/hotlines/configuration.ts';
import type { ProtectedNumber, RegisteredLine } from './lines.ts';
import type { InnerUnit } from './organisation.ts';
import type { Transaction } from './transaction.ts';

/** What a municipality's books must hold before the first account and the first call. */
export interface FoundingEntries {
  readonly municipality: {
    readonly name: string;
    readonly areaCode: string;
    readonly timeZone: string;
    readonly mainNumber: string;
    readonly generalQueue: string;
    /** Stands before the date in a ticket's number: 1 to 8 capital letters. */
    readonly ticketPrefix: string;
  };
  readonly units: readonly InnerUnit[];
  readonly queues: readonly Queue[];
  readonly lines: readonly Omit<RegisteredLine, 'unitName'>[];
  readonly protectedNumbers: readonly ProtectedNumber[];
  readonly categories: readonly {
    readonly code: string;
    readonly parentCode: string | null;
    readonly name: string;
  }[];
  /** 子类型 and 主题标签; absent: none yet. */
  readonly codes?: { readonly type: readonly CodeTerm[]; readonly tag: readonly CodeTerm[] };
}

export interface Foundation {
  /** True when nobody has set anything up. Others that ask at the same time wait until this transaction ends. */
  isEmpty(tx: Transaction): Promise<boolean>;
  lay(entries: FoundingEntries, tx: Transaction): Promise<void>;
}
