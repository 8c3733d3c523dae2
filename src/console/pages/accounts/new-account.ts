import type { AnswerOf, BodyOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';
import type { Role } from '../../session/session.ts';

export type Account = AnswerOf<paths['/v1/accounts']['get']>['accounts'][number];
export type NewAccountBody = BodyOf<paths['/v1/accounts']['post']>;
export const ROLES: readonly Role[] = [
  ...(['agent', 'lead', 'operator', 'reviewer', 'dispatcher', 'adjudicator'] as const),
  ...(['supervisor', 'returnVisitor', 'unit', 'leader', 'admin', 'vendorLead'] as const),
];

/** What is typed of a new account; its password is no part of it, since that is kept nowhere. */
export interface AccountForm {
  username: string;
  displayName: string;
  roles: Role[];
  unitCode: string;
  employer: string;
  number: string;
  queues: string[];
  phoneKind: 'browser' | 'desk';
}
export const emptyAccount = (): AccountForm => ({
  ...{ username: '', displayName: '', roles: [], unitCode: '', employer: '' },
  ...{ number: '', queues: [], phoneKind: 'browser' },
});

const USERNAME = /^[a-z0-9][a-z0-9._-]{1,39}$/;
const NUMBER = /^(\d{3,8})?$/;
type AccountFault = 'username' | 'displayName' | 'roles' | 'unit' | 'vendor' | 'agent' | 'number';

/** What is missing before it can be sent; null: nothing. */
export function accountFault(form: AccountForm): AccountFault | null {
  const { username, displayName, roles, unitCode, employer, number, queues } = form;
  if (!USERNAME.test(username)) return 'username';
  if (displayName.trim() === '') return 'displayName';
  if (roles.length === 0) return 'roles';
  if (roles.includes('unit') && unitCode === '') return 'unit';
  if (roles.includes('vendorLead') && (roles.length > 1 || employer === '')) return 'vendor';
  if (!roles.includes('agent')) return null;
  if (employer === '' || queues.length === 0) return 'agent';
  return NUMBER.test(number) ? null : 'number';
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

export function bodyOf(form: AccountForm, password: string): NewAccountBody {
  const { username, displayName, roles, unitCode, employer, number, queues, phoneKind } = form;
  const isAgent = roles.includes('agent');
  return {
    ...{ username, displayName: displayName.trim(), password, roles },
    ...(unitCode === '' || isAgent ? {} : { unitCode }),
    ...(roles.includes('vendorLead') ? { employer } : {}),
    ...(isAgent ? { agent: { employer, queues, phoneKind, ...(number === '' ? {} : { number }) } } : {}),
  };
}
