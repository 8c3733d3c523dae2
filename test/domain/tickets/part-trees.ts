import { expect } from 'vitest';
import { chinaCalendar } from '../../../src/domain/deadlines/china.ts';
import { decideAddPart } from '../../../src/domain/tickets/parts/add-part.ts';
import type { Part, PartTree } from '../../../src/domain/tickets/parts/part.ts';
import type { Actor } from '../../../src/domain/tickets/ticket.ts';

export const calendar = chinaCalendar({ zone: 'Asia/Shanghai', years: [], days: [], periods: null });
export const at = (local: string): number => Date.parse(`${local}+08:00`);
export const NOW = at('2026-11-23T10:00:00');
export const DUE = at('2026-11-30T18:00:00');

export const unit = (code: string): Actor => ({ accountId: code, roles: ['unit'], unitCode: code });
export const desk: Actor = { accountId: 'd', roles: ['dispatcher'], unitCode: null };
export const tree = (over: Partial<PartTree> = {}): PartTree => ({
  ticketNumber: 'RD20261123-000001',
  ticketState: 'handling',
  leadUnit: 'lead',
  unitDueAt: DUE,
  parts: [],
  ...over,
});
export type Asked = Parameters<typeof decideAddPart>[0];
export const add = (on: PartTree, over: Partial<Asked> = {}) =>
  decideAddPart({
    tree: on,
    kind: 'assist',
    parentId: null,
    unitCode: 'helper',
    within: null,
    task: '配合断电',
    workingDays: null,
    actor: desk,
    now: NOW,
    id: over.unitCode ?? 'helper',
    calendar,
    ...over,
  });
export const added = (on: PartTree, over: Partial<Asked> = {}): Part => {
  const decided = add(on, over);
  if ('refusal' in decided) return expect.fail(decided.refusal);
  return decided.part;
};
