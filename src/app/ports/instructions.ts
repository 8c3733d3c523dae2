import type {
  InstructionLevel,
  InstructionMove,
  InstructionState,
} from '../../domain/tickets/instruction.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

export interface NewInstruction {
  readonly id: string;
  readonly level: InstructionLevel;
  /** Who wrote it, with his office. */
  readonly leader: string;
  readonly words: string;
  readonly givenAt: number;
  readonly dueAt: number;
  readonly by: string;
  readonly ticketIds: readonly string[];
}

/** Times are ISO 8601 in UTC. */
export interface InstructionView {
  readonly id: string;
  readonly number: string;
  readonly level: InstructionLevel;
  readonly leader: string;
  readonly words: string;
  readonly state: InstructionState;
  readonly givenAt: string;
  readonly dueAt: string;
  /** It is past its time and not reported. */
  readonly overdue: boolean;
  readonly tickets: readonly { readonly id: string; readonly number: string }[];
  /** 办理链: each step with its words, the first being the instruction itself. */
  readonly chain: readonly {
    readonly at: string;
    readonly by: string;
    readonly move: InstructionMove;
    readonly words: string;
  }[];
}

export interface InstructionBook {
  add(
    instruction: NewInstruction,
    prefix: string,
    day: string,
    tx: Transaction,
  ): Promise<{ readonly number: string }>;
  lock(
    id: string,
    tx: Transaction,
  ): Promise<{
    readonly number: string;
    readonly state: InstructionState;
    readonly ticketIds: readonly string[];
  } | null>;
  step(
    id: string,
    step: {
      readonly move: InstructionMove;
      readonly to: InstructionState;
      readonly by: string;
      readonly at: number;
      readonly words: string;
    },
    tx: Transaction,
  ): Promise<void>;
  /** Of those only whose tickets the reader may all see: its words are about them. */
  list(
    filter: { readonly state?: InstructionState; readonly ticketId?: string },
    sight: Sight,
    page: PageAsked,
  ): Promise<Paged<InstructionView>>;
}
