import type { Sight } from '../../domain/tickets/visibility.ts';

export type Bind = (value: unknown) => string;

export function binder(): { values: unknown[]; bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

/**
 * What the reader may see of table `t`, as conditions; the rule itself is `domain/tickets/visibility.ts`. `unitColumn`:
 * whose it is, where that is not the unit that has the ticket now.
 */
export function sightConditions(sight: Sight, bind: Bind, unitColumn = 't.unit_code'): string[] {
  if (sight.scope === 'none') return ['false'];
  const conditions: string[] = [];
  if (sight.scope === 'unit') conditions.push(`${unitColumn} = ${bind(sight.unitCode)}`);
  else if (sight.confidential === 'own') {
    conditions.push(`(not t.confidential or t.created_by = ${bind(sight.accountId)}::uuid)`);
  }
  return conditions;
}
