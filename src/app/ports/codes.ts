import type { CodeUse } from '../../domain/codes/check-mapping.ts';
import type { CodeListContent, CodeListId, CodeTerm } from '../../domain/codes/code-list.ts';
import type { EditionMove, EditionState } from '../../domain/codes/edition.ts';
import type { EditionLink } from '../../domain/codes/paths.ts';
import type { Transaction } from './transaction.ts';

export interface CodeEdition {
  readonly list: CodeListId;
  readonly number: number;
  readonly state: EditionState;
  readonly title: string;
  /** The paper that it rests on. */
  readonly basis: string;
  /** Local days, both included; without a last one it holds until another begins. */
  readonly validFrom: string;
  readonly validTo: string | null;
  /** The edition that its mapping leads from; of somebody else's list the edition of ours. */
  readonly basedOn: number | null;
  readonly revision: number;
  /** Accounts that had a hand in it. */
  readonly editors: readonly string[];
  /** Epoch milliseconds. */
  readonly draftedAt: number;
  readonly publishedAt: number | null;
  readonly publishedBy: string | null;
  readonly reason: string;
  readonly inForceAt: number | null;
  readonly endedAt: number | null;
}

export interface CodeEvent {
  readonly list: CodeListId;
  readonly edition: number;
  readonly at: number;
  /** null: the program itself. */
  readonly actor: string | null;
  readonly move: EditionMove;
  readonly reason: string;
}

/** What becomes of the register of a list when an edition begins. */
export interface RegisterChange {
  readonly added: readonly CodeTerm[];
  /** Called otherwise, or lying elsewhere, from now on. */
  readonly changed: readonly CodeTerm[];
  readonly ended: readonly string[];
}

export interface CodeBook {
  /** Held until the transaction ends: editions of all lists come one after the other. */
  lock(tx: Transaction): Promise<void>;
  /** The newest first. */
  editions(list: CodeListId, tx?: Transaction): Promise<readonly CodeEdition[]>;
  /** Of every list the one in force, the one that waits and the draft. */
  standing(tx?: Transaction): Promise<readonly CodeEdition[]>;
  find(list: CodeListId, number: number, tx?: Transaction): Promise<CodeEdition | null>;
  /** A new one, or what it is from now on. */
  save(edition: CodeEdition, tx: Transaction): Promise<void>;
  note(event: CodeEvent, tx: Transaction): Promise<void>;
  events(
    list: CodeListId,
    number: number,
  ): Promise<
    readonly (Omit<CodeEvent, 'at' | 'actor'> & { readonly at: string; readonly by: string | null })[]
  >;
  /** As it was written down. */
  content(list: CodeListId, number: number, tx?: Transaction): Promise<CodeListContent>;
  writeContent(list: CodeListId, number: number, content: CodeListContent, tx: Transaction): Promise<void>;
  /** Today's list: of categories, areas and units the register itself; what is the program's own is none of it. */
  present(list: CodeListId, tx?: Transaction): Promise<readonly CodeTerm[]>;
  /** Codes that stood in editions that are over, with what they were called last. */
  former(list: CodeListId, tx?: Transaction): Promise<ReadonlyMap<string, string>>;
  /** Today's codes of every list. */
  presentCodes(tx?: Transaction): Promise<ReadonlyMap<CodeListId, ReadonlySet<string>>>;
  /** Who goes by these codes of one of our lists. */
  uses(list: CodeListId, codes: readonly string[], tx?: Transaction): Promise<ReadonlyMap<string, CodeUse>>;
  /** Editions that are over and the one in force, the oldest first; today's codes are those of the register. */
  history(list: CodeListId, tx?: Transaction): Promise<readonly EditionLink[]>;
  /** Whoever has the list open hears of its new edition, once that is written. */
  tell(edition: Pick<CodeEdition, 'list' | 'number'>, at: number, tx: Transaction): Promise<void>;
  /** Published ones whose day has come. */
  due(day: string, tx: Transaction): Promise<readonly CodeEdition[]>;
  /** Of areas nothing: they are the dispatch catalogue's names, and change with it. */
  register(list: CodeListId, change: RegisterChange, at: number, tx: Transaction): Promise<void>;
  /** Whose words are to be indexed anew is noted with it. */
  writePaths(
    list: CodeListId,
    paths: readonly { readonly code: string; readonly now: string; readonly main: boolean }[],
    touched: readonly string[],
    tx: Transaction,
  ): Promise<void>;
  /**
   * What a unit that stands no more owns of the knowledge base and of the places goes to whom it became, and back where it stands
   * again. Returns how many changed hands.
   */
  followUnits(tx: Transaction): Promise<number>;
}
