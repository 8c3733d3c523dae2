import { AppError } from '../errors.ts';
import type { Account, Accounts, Role } from '../ports/accounts.ts';
import type { AuditEntry, AuditTrail } from '../ports/audit.ts';
import type { Sessions } from '../ports/sessions.ts';
import type { Transaction } from '../ports/transaction.ts';
import { assertBelonging, judgedRoles, type Standing } from './account-roles.ts';
import type { ChangeTrace } from './agent-change.ts';
import { type AgentPart, type CreateAgentDeps, enterAgent, judgeAgentPart } from './create-agent.ts';

export interface ChangeAccountDeps extends Omit<CreateAgentDeps, 'hasher' | 'newId'> {
  readonly accounts: Accounts;
  readonly sessions: Pick<Sessions, 'removeAllOf'>;
  readonly audit: Pick<AuditTrail, 'add'>;
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

/**
 * Nobody changes what he may do himself, and an administrator is left always. Whoever is changed is signed out everywhere at
 * once: no page shows what its account may not see any more. An agent who is talking ends his talk, and gets no further one.
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
      await accounts.change(after, trace.atMs, tx);
      await sessions.removeAllOf(id, null, tx);
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

/** 停用或启用. Codes: account.own, account.unknown, account.lastAdmin. */
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
 * his number, queues and telephone again. `was`: the roles that the asker saw. Codes: account.own, account.unknown,
 * account.lastAdmin, account.changedMeanwhile, those of roles that do not go together, account.agentNeedsPhone, and those
 * of a new agent.
 */
export function setAccountRoles(deps: ChangeAccountDeps) {
  return async (
    asked: Asked & Standing & { readonly was?: readonly Role[]; readonly agent?: AgentPart },
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
        if (was !== undefined && spelt({ roles: was }) !== spelt({ roles: account.roles })) {
          throw new AppError('account.changedMeanwhile', { roles: account.roles });
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
