import type { AnswerOf, BodyOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';
import type { Role } from '../../session/session.ts';

export type Account = AnswerOf<paths['/v1/accounts']['get']>['accounts'][number];
export type NewAccountBody = BodyOf<paths['/v1/accounts']['post']>;
export const ROLES: readonly Role[] = [
  ...(['agent', 'lead', 'operator', 'reviewer', 'dispatcher', 'adjudicator'] as const),
  ...(['supervisor', 'returnVisitor', 'unit', 'leader', 'admin', 'vendorLead'] as const),
];

/** What an account may do and for whom, and what makes an agent of it. */
export interface RoleForm {
  roles: Role[];
  unitCode: string;
  employer: string;
  number: string;
  queues: string[];
  phoneKind: 'browser' | 'desk';
}
/** What is typed of a new account; its password is no part of it, since that is kept nowhere. */
export interface AccountForm extends RoleForm {
  username: string;
  displayName: string;
}
const emptyRoles = (): RoleForm => ({
  ...{ roles: [], unitCode: '', employer: '', number: '', queues: [], phoneKind: 'browser' },
});
export const emptyAccount = (): AccountForm => ({ username: '', displayName: '', ...emptyRoles() });
export const roleFormOf = ({ roles, unitCode, employer }: Account): RoleForm => ({
  ...emptyRoles(),
  ...{ roles: [...roles], unitCode: unitCode ?? '', employer: employer ?? '' },
});

const USERNAME = /^[a-z0-9][a-z0-9._-]{1,39}$/;
const NUMBER = /^(\d{3,8})?$/;
type RoleFault = 'roles' | 'unit' | 'vendor' | 'agent' | 'number';
type AccountFault = 'username' | 'displayName' | RoleFault;

/** What is missing of the roles; null: nothing. */
export function roleFault(
  { roles, unitCode, employer, queues, number }: RoleForm,
  isRegistered = false,
): RoleFault | null {
  if (roles.length === 0) return 'roles';
  if (roles.includes('unit') && unitCode === '') return 'unit';
  if (roles.includes('vendorLead') && (roles.length > 1 || employer === '')) return 'vendor';
  if (!roles.includes('agent') || isRegistered) return null;
  if (employer === '' || queues.length === 0) return 'agent';
  return NUMBER.test(number) ? null : 'number';
}

/** What is missing before it can be sent; null: nothing. */
export function accountFault(form: AccountForm): AccountFault | null {
  if (!USERNAME.test(form.username)) return 'username';
  return form.displayName.trim() === '' ? 'displayName' : roleFault(form);
}

const LENGTH_AT_LEAST = 10;
const KINDS_AT_LEAST = 5;
type PasswordFault = 'tooShort' | 'shortOfVariety' | 'hasName' | 'unlike';

/** As the server judges it, so that nobody finds out by trying. */
export function passwordFault(password: string, again: string, username: string): PasswordFault | null {
  if (password.length < LENGTH_AT_LEAST) return 'tooShort';
  if (new Set(password).size < KINDS_AT_LEAST) return 'shortOfVariety';
  if (username !== '' && password.toLowerCase().includes(username)) return 'hasName';
  return password === again ? null : 'unlike';
}

/** Whose an account is: a unit's, a vendor's, or the hotline's. */
export const belongingOf = ({ roles, unitCode, employer }: RoleForm) => ({
  unitCode: unitCode === '' || roles.includes('agent') || roles.includes('vendorLead') ? null : unitCode,
  employer: roles.includes('vendorLead') ? employer : null,
});

export const agentOf = ({ employer, queues, phoneKind, number }: RoleForm) => ({
  ...{ employer, queues, phoneKind },
  ...(number === '' ? {} : { number }),
});

export function bodyOf(form: AccountForm, password: string): NewAccountBody {
  const { username, displayName, roles } = form;
  return {
    ...{ username, displayName: displayName.trim(), password, roles },
    ...belongingOf(form),
    ...(roles.includes('agent') ? { agent: agentOf(form) } : {}),
  };
}
