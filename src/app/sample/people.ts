// data table: who works in the sample municipality. Names are invented; passwords and secrets are made at first start.
import type { Role } from '../ports/accounts.ts';

export interface SampleAccount {
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly unitCode?: string;
}

export const ACCOUNTS: readonly SampleAccount[] = [
  { username: 'admin', displayName: '系统管理员', roles: ['admin'] },
  { username: 'operator', displayName: '运营员 沈洁', roles: ['operator'] },
  // Risky changes of the rules want a second person's approval.
  { username: 'operator2', displayName: '审批员 韩松', roles: ['operator'] },
  { username: 'lead', displayName: '班长 顾明', roles: ['lead'] },
  { username: 'reviewer', displayName: '审核员 林岚', roles: ['reviewer'] },
  { username: 'dispatcher', displayName: '派单员 何静', roles: ['dispatcher'] },
  { username: 'adjudicator', displayName: '裁定员 钱正', roles: ['adjudicator'] },
  { username: 'supervisor', displayName: '督办员 陆平', roles: ['supervisor'] },
  { username: 'unit.ecology', displayName: '联络员 生态环境局', roles: ['unit'], unitCode: 'ecology' },
  { username: 'unit.water', displayName: '联络员 县自来水公司', roles: ['unit'], unitCode: 'water' },
  {
    username: 'unit.urban-management',
    displayName: '联络员 城市管理局',
    roles: ['unit'],
    unitCode: 'urban-management',
  },
  {
    username: 'unit.market-regulation',
    displayName: '联络员 市场监督管理局',
    roles: ['unit'],
    unitCode: 'market-regulation',
  },
];

export interface SampleAgent {
  /** Work number, and the user name to sign in with. */
  readonly number: string;
  readonly displayName: string;
  readonly employer: string;
  readonly queues: readonly string[];
  /** Beside `agent`. */
  readonly roles?: readonly Role[];
}

export const AGENTS: readonly SampleAgent[] = [
  { number: '1001', displayName: '陈晓', employer: 'platform', queues: ['general'] },
  { number: '1002', displayName: '吴敏', employer: 'platform', queues: ['general'] },
  { number: '1003', displayName: '徐静', employer: 'platform', queues: ['general'] },
  { number: '1004', displayName: '周洋', employer: 'platform', queues: ['general'] },
  { number: '1005', displayName: '丁岚', employer: 'ecology', queues: ['desk-12369'] },
  { number: '1006', displayName: '葛云', employer: 'human-resources', queues: ['desk-12333'] },
  { number: '1007', displayName: '季红', employer: 'approval', queues: ['desk-approval'] },
  { number: '1008', displayName: '缪海', employer: 'water', queues: ['desk-water'] },
  // Calls citizens back to ask how it was; has no queue but the general one, and is not ready for it while calling.
  {
    number: '1009',
    displayName: '罗琴',
    employer: 'platform',
    queues: ['general'],
    roles: ['returnVisitor'],
  },
];
