import type { Measure } from '../../domain/restrictions/measure.ts';
import { requestMeasure } from '../../domain/restrictions/measure.ts';
import type { RestrictionStep } from '../../domain/restrictions/restriction.ts';
import type { RuleActor } from '../rules/rule-change.ts';
import {
  endDueMeasures,
  measureContext,
  neverRestricted,
  numberOf,
  type RestrictionDeps,
  type Whose,
  writtenMeasure,
} from './measure-change.ts';

/**
 * Notes something about a number, or asks for a limit or a block, which another person approves. `id` makes a repeated
 * request the same one. Codes: those of `requestMeasure`, call.unknown.
 */
export function restrictNumber(deps: RestrictionDeps) {
  return (input: {
    readonly id: string;
    readonly whose: Whose;
    readonly step: RestrictionStep;
    readonly callsPerHour: number | null;
    readonly hours: number;
    readonly reason: string;
    readonly actor: RuleActor;
  }): Promise<Measure> =>
    deps.database.transact(async (tx) => {
      const { id, whose, step, callsPerHour, hours, reason, actor } = input;
      await deps.restrictions.lock(tx);
      const earlier = await deps.restrictions.byId(id, tx);
      if (earlier !== null) return earlier;
      // One whose end has come must not stand in the way of the next.
      await endDueMeasures(deps, tx);
      const number = await numberOf(deps, whose, tx);
      const decision = requestMeasure(
        { id, number, step, callsPerHour, hours },
        {
          ...measureContext(deps, actor, reason),
          daysAtMost: await deps.restrictions.daysAtMost(tx),
          neverNumbers: await neverRestricted(deps, tx),
          history: number === null ? [] : await deps.restrictions.ofNumber(number, tx),
        },
      );
      return writtenMeasure(deps, decision, actor, tx);
    });
}
