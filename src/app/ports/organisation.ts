import type { Queue } from '../../domain/hotlines/configuration.ts';
import type { Skills } from '../../domain/skills/skills.ts';
import type { Transaction } from './transaction.ts';

export const UNIT_KINDS = ['government', 'public-utility', 'enterprise', 'centre', 'volunteer'] as const;

export interface Unit {
  readonly code: string;
  readonly name: string;
  readonly kind: (typeof UNIT_KINDS)[number];
}

/** A department, a crew, a village within a unit. */
export interface InnerUnit extends Unit {
  /** null: a unit of its own. */
  readonly parentCode: string | null;
}

export interface Units {
  list(tx?: Transaction): Promise<readonly InnerUnit[]>;
  byCode(code: string, tx?: Transaction): Promise<Unit | null>;
  add(unit: InnerUnit, tx?: Transaction): Promise<'added' | 'taken' | 'parentUnknown'>;
}

export interface Agent {
  readonly accountId: string;
  /** Work number, 3 to 8 digits. */
  readonly number: string;
  readonly displayName: string;
  /** Code of whoever employs the agent today: the hotline itself (`platform`), a unit (RD-07), a vendor (TY-05). */
  readonly employer: string;
  readonly phone: { readonly name: string; readonly kind: 'browser' | 'desk' };
  readonly queues: readonly string[];
  readonly skills: Skills;
}

export interface Agents {
  list(tx?: Transaction): Promise<readonly Agent[]>;
  byAccount(accountId: string, tx?: Transaction): Promise<Agent | null>;
  /** As he stands, and nobody else changes him until the transaction ends. */
  lock(accountId: string, tx: Transaction): Promise<Agent | null>;
  /** With the phone's secret, for its owner's browser and nobody else. */
  phoneOf(accountId: string): Promise<{ readonly name: string; readonly secret: string } | null>;
  /** All phones of the agent, of each kind one at most, with their secrets. */
  phonesOf(
    accountId: string,
    tx?: Transaction,
  ): Promise<
    readonly { readonly name: string; readonly kind: 'browser' | 'desk'; readonly secret: string }[]
  >;
  /** False when the agent has one of this kind beside the first already. */
  addPhone(
    accountId: string,
    phone: { readonly name: string; readonly kind: 'browser' | 'desk'; readonly secret: string },
    tx: Transaction,
  ): Promise<boolean>;
  /** Free for the rest of the transaction: two agents made at once get two numbers. */
  nextNumber(tx: Transaction): Promise<string>;
  /** False when the agent has no phone of this kind. */
  setPersistentLeg(
    accountId: string,
    kind: 'browser' | 'desk',
    persistentLeg: boolean,
    tx: Transaction,
  ): Promise<boolean>;
  /** In place of those there were; false when there is no such agent. */
  setSkills(accountId: string, skills: Skills, tx: Transaction): Promise<boolean>;
  /** In place of those there were. */
  setQueues(
    accountId: string,
    queues: readonly string[],
    tx: Transaction,
  ): Promise<'set' | 'agentUnknown' | 'queueUnknown'>;
  add(agent: Agent, phoneSecret: string, tx: Transaction): Promise<'added' | 'numberTaken' | 'queueUnknown'>;
}

export interface Queues {
  list(tx?: Transaction): Promise<readonly Queue[]>;
}
