import { callerOf } from '../../domain/hotlines/notices.ts';
import { normaliseNumber } from '../../domain/hotlines/number.ts';
import { EMERGENCY_NUMBERS } from '../../domain/hotlines/register/protected.ts';
import {
  endMeasure,
  type Measure,
  type MeasureContext,
  type MeasureDecision,
} from '../../domain/restrictions/measure.ts';
import { AppError } from '../errors.ts';
import type { CallRegister } from '../ports/calls.ts';
import type { ConfigurationPublisher } from '../ports/configuration-source.ts';
import type { Lines } from '../ports/lines.ts';
import type { RestrictionBook } from '../ports/restrictions.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { type RuleActor, SYSTEM_TRACE } from '../rules/rule-change.ts';

export interface RestrictionDeps {
  readonly database: Database;
  readonly restrictions: RestrictionBook;
  readonly calls: Pick<CallRegister, 'detail'>;
  readonly lines: Pick<Lines, 'list' | 'protectedNumbers'>;
  readonly configuration: ConfigurationPublisher;
  readonly now: () => number;
  readonly newId: () => string;
}

export function measureContext(
  deps: Pick<RestrictionDeps, 'now'>,
  { accountId, roles }: RuleActor,
  reason: string,
): MeasureContext {
  const known = roles.filter((role) => role === 'agent' || role === 'operator' || role === 'lead');
  return { actor: { id: accountId, roles: known }, nowMs: deps.now(), reason };
}

/** Whose number is meant: one that was typed, or that of a call, which then nobody has to see. Code: call.unknown. */
export type Whose = { readonly number: string } | { readonly callId: string };

/** In the one spelling; null: withheld or unreadable. */
export async function numberOf(
  deps: RestrictionDeps,
  whose: Whose,
  tx?: Transaction,
): Promise<string | null> {
  const areaCode = await deps.restrictions.areaCode(tx);
  if ('number' in whose) return callerOf(whose.number, areaCode);
  const call = await deps.calls.detail(whose.callId);
  if (call === null) throw new AppError('call.unknown', { call: whose.callId });
  return callerOf(call.callerNumber, areaCode);
}

/** Emergency and protected numbers, and the hotline's own. */
export async function neverRestricted(deps: RestrictionDeps, tx: Transaction): Promise<readonly string[]> {
  const areaCode = await deps.restrictions.areaCode(tx);
  const listed = await deps.lines.protectedNumbers(tx);
  const lines = await deps.lines.list(tx);
  return [...EMERGENCY_NUMBERS, ...listed, ...lines].map(
    ({ number }) => normaliseNumber(number, areaCode) ?? number,
  );
}

/** Code: restriction.unknown. */
export async function measureBy(deps: RestrictionDeps, id: string, tx: Transaction): Promise<Measure> {
  const measure = await deps.restrictions.byId(id, tx);
  if (measure === null) throw new AppError('restriction.unknown', { restriction: id });
  return measure;
}

/** Writes what was decided, and tells call control with the commit where it acts on calls. */
export async function writtenMeasure(
  deps: RestrictionDeps,
  decision: MeasureDecision,
  actor: Pick<RuleActor, 'trace'>,
  tx: Transaction,
): Promise<Measure> {
  if (decision.kind === 'refused') {
    const { code, ...data } = decision.refusal;
    throw new AppError(code, data);
  }
  const { measure, event } = decision;
  await deps.restrictions.save(measure, event, actor.trace, tx);
  if (event.from === 'active' || event.to === 'active') await deps.configuration.publish(tx);
  return measure;
}

/** Those whose end has come. Under the lock. */
export async function endDueMeasures(deps: RestrictionDeps, tx: Transaction): Promise<number> {
  const due = await deps.restrictions.due(deps.now(), tx);
  for (const measure of due) {
    await writtenMeasure(deps, endMeasure(measure, deps.now()), { trace: SYSTEM_TRACE }, tx);
  }
  return due.length;
}
