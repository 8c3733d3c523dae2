import { approveMeasure, type Measure, moveMeasure } from '../../domain/restrictions/measure.ts';
import type { RuleActor } from '../rules/rule-change.ts';
import {
  endDueMeasures,
  measureBy,
  measureContext,
  type RestrictionDeps,
  writtenMeasure,
} from './measure-change.ts';

/** A request is approved or rejected by another person, or given up; one in force is lifted. */
export function decideRestriction(deps: RestrictionDeps) {
  return (input: {
    readonly id: string;
    readonly move: 'approve' | 'reject' | 'withdraw' | 'lift';
    readonly reason: string;
    readonly actor: RuleActor;
  }): Promise<Measure> =>
    deps.database.transact(async (tx) => {
      const { id, move, reason, actor } = input;
      await deps.restrictions.lock(tx);
      await endDueMeasures(deps, tx);
      const measure = await measureBy(deps, id, tx);
      const context = measureContext(deps, actor, reason);
      const decision =
        move === 'approve'
          ? approveMeasure(measure, context)
          : moveMeasure(measure, measure.state, move, {}, context);
      return writtenMeasure(deps, decision, actor, tx);
    });
}

/** What the clock asks for. Any number of workers end each once. */
export function endDueRestrictions(deps: RestrictionDeps) {
  return async (): Promise<number> => {
    // Asked every half second: nobody is locked out for nothing.
    if ((await deps.restrictions.due(deps.now())).length === 0) return 0;
    return deps.database.transact(async (tx) => {
      await deps.restrictions.lock(tx);
      return endDueMeasures(deps, tx);
    });
  };
}
