import { AppError } from '../errors.ts';
import type { Account, Accounts } from '../ports/accounts.ts';
import type { AlarmBook } from '../ports/alarms.ts';
import type { AuditEntry, AuditTrail } from '../ports/audit.ts';
import type { Sessions } from '../ports/sessions.ts';
import type { OutcomeBook } from '../ports/tickets.ts';
import type { Transaction } from '../ports/transaction.ts';
import { assertBelonging, judgedRoles, type Standing } from './account-roles.ts';
import type { ChangeTrace } from './agent-change.ts';
import { type AgentPart, type CreateAgentDeps, enterAgent, judgeAgentPart } from './create-agent.ts';
import { assertEmployed } from './keep-employers.ts';
import { tellLeftCalls } from './left-calls.ts';

export interface ChangeAccountDeps extends Omit<CreateAgentDeps, 'hasher'> {
  readonly accounts: Accounts;
  readonly sessions: Pick<Sessions, 'removeAllOf'>;
  readonly audit: Pick<AuditTrail, 'add'>;
  readonly outcomes: Pick<OutcomeBook, 'leftOpenBy'>;
  readonly alarms: Pick<AlarmBook, 'raise'>;
}

/** What came of it. `callControl`: routing has another configuration to read. */
export interface ChangedAccount {
  readonly account: Account;
  readonly callControl: boolean;
}

interface Change {
  readonly id: string;
  readonly action: Extract<AuditEntry['action'], `account.${string}`>;
  readonly reason: string;
  readonly trace: ChangeTrace;
  /** The account as it is to be; null: it is so already. */
  readonly next: (account: Account, tx: Transaction) => Promise<Account | null>;
  /** What stands in the audit trail beside the reason. */
  readonly told?: (before: Account, after: Account) => string;
}

const isActing = ({ disabled, roles }: Account): boolean => !disabled && roles.includes('admin');
const takesCalls = ({ disabled, roles }: Account): boolean => !disabled && roles.includes('agent');

/** Only who may see less than before has pages that show too much: who gets a role more goes on with his talk. */
const seesLess = (before: Account, after: Account): boolean =>
  before.disabled ||
  after.disabled ||
  before.roles.some((role) => !after.roles.includes(role)) ||
  before.unitCode !== after.unitCode ||
  (before.employer ?? null) !== (after.employer ?? null);

/**
 * Nobody changes what he may do himself, and an administrator is left always. Who may see less than before is signed out
 * everywhere at once. An agent who is talking ends his talk, and gets no further one; what came of it his leads are to say.
 */
function changeAccount(deps: ChangeAccountDeps) {
  const { database, accounts, agents, sessions, audit, configuration } = deps;
  return ({ id, action, reason, trace, next, told }: Change): Promise<ChangedAccount> =>
    database.transact(async (tx) => {
      if (id === trace.accountId) throw new AppError('account.own');
      // All administrators first: two who lock each other out do it one after the other, and the second is refused.
      const admins = await accounts.lockAdmins(tx);
      const account = await accounts.lock(id, tx);
      if (account === null) throw new AppError('account.unknown');
      const after = await next(account, tx);
      if (after === null) return { account, callControl: false };
      if (isActing(account) && !isActing(after) && admins.every((one) => one === id)) {
        throw new AppError('account.lastAdmin');
      }
      if (takesCalls(after) && !takesCalls(account)) await assertEmployed(deps, id, tx);
      await accounts.change(after, trace.atMs, tx);
      if (seesLess(account, after)) await sessions.removeAllOf(id, null, tx);
      if (takesCalls(account) && !takesCalls(after)) await tellLeftCalls(deps, account, trace.atMs, tx);
      const words = [reason.trim(), told?.(account, after)].filter((one) => one !== undefined).join('：');
      await audit.add({ ...trace, action, subjectKind: 'account', subjectId: id, reason: words }, tx);
      const callControl = (await agents.byAccount(id, tx)) !== null;
      if (callControl) await configuration.publish(tx);
      return { account: after, callControl };
    });
}

interface Asked {
  readonly id: string;
  readonly reason: string;
}

/** 停用或启用. Codes: account.own, account.unknown, account.lastAdmin, employer.ended. */
export function setAccountDisabled(deps: ChangeAccountDeps) {
  return ({ id, reason }: Asked, disabled: boolean, trace: ChangeTrace): Promise<ChangedAccount> =>
    changeAccount(deps)({
      ...{ id, reason, trace },
      action: disabled ? 'account.disabled' : 'account.enabled',
      next: async (account) => (account.disabled === disabled ? null : { ...account, disabled }),
    });
}

const spelt = ({ roles, unitCode, employer }: Standing): string =>
  [[...roles].toSorted().join(', '), unitCode, employer].filter((one) => one != null).join(' @ ');

/**
 * Other roles, whole. Who becomes an agent for the first time is entered in the register (`agent`); who was one before has
 * his number, queues and telephone again. `was`: what the asker saw. Codes: account.own, account.unknown,
 * account.lastAdmin, account.changedMeanwhile, those of roles that do not go together, account.agentNeedsPhone,
 * employer.ended, and those of a new agent.
 */
export function setAccountRoles(deps: ChangeAccountDeps) {
  return async (
    asked: Asked & Standing & { readonly was: Standing; readonly agent?: AgentPart },
    trace: ChangeTrace,
  ): Promise<ChangedAccount> => {
    const { id, reason, was, agent } = asked;
    const standing = judgedRoles(asked);
    if (agent !== undefined) judgeAgentPart(agent);
    return changeAccount(deps)({
      ...{ id, reason, trace },
      action: 'account.rolesSet',
      told: (before, after) => `${spelt(before)} → ${spelt(after)}`,
      next: async (account, tx) => {
        if (spelt(account) === spelt(standing)) return null;
        if (spelt(was) !== spelt(account)) {
          const { roles, unitCode, employer = null } = account;
          throw new AppError('account.changedMeanwhile', { roles, unitCode, employer });
        }
        await assertBelonging(deps, standing, tx);
        if (standing.roles.includes('agent') && (await deps.agents.byAccount(id, tx)) === null) {
          if (agent === undefined) throw new AppError('account.agentNeedsPhone', {}, 'he was never an agent');
          await enterAgent(deps, account, agent, tx);
        }
        return { ...account, ...standing };
      },
    });
  };
}
