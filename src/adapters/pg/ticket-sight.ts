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
  // Bound only where it is used: PostgreSQL refuses a parameter that nothing names.
  const own = (): string => {
    const account = bind(sight.accountId);
    return `t.created_by = ${account}::uuid or exists (select from ticket_grants g where g.ticket_id = t.id
    and g.account_id = ${account}::uuid and g.ended_at is null and g.until > now())`;
  };
  const conditions: string[] = [];
  if (sight.scope === 'unit') conditions.push(`${unitColumn} = ${bind(sight.unitCode)}`);
  else if (sight.confidential === 'own') conditions.push(`(not t.confidential or ${own()})`);
  if (sight.listed === 'own') conditions.push(`(not t.listed_only or ${own()})`);
  return conditions;
}

/**
 * In a thread an anonymous or a confidential ticket stands beside those of its own citizen, whom a unit may know: of a thread
 * no unit sees it, nor that it is in one.
 */
export const THREAD_SEEN_BY_UNITS = '(not t.anonymous and not t.confidential)';

/** The unit of whose conduct ticket `t` complains, and all within it, as JSON; empty: none. */
export const accusedUnits = (named: string): string => `case when ${named} is null then '[]'::jsonb else (
  with recursive within (code) as (
    select ${named} union select u.code from units u join within w on u.parent_code = w.code
  ) select jsonb_agg(code) from within) end`;
export const ACCUSED = accusedUnits('t.accused_unit');
