import {
  type Appeal,
  type AppealDecision,
  decideAppeal,
  lodgeAppeal,
  type Verdict,
} from '../../domain/restrictions/appeal.ts';
import { moveMeasure } from '../../domain/restrictions/measure.ts';
import { AppError } from '../errors.ts';
import type { RuleActor } from '../rules/rule-change.ts';
import {
  endDueMeasures,
  measureBy,
  measureContext,
  numberOf,
  type RestrictionDeps,
  type Whose,
  writtenMeasure,
} from './measure-change.ts';

function decided(decision: AppealDecision): Appeal {
  if (decision.kind === 'moved') return decision.appeal;
  const { code, ...data } = decision.refusal;
  throw new AppError(code, data);
}

/**
 * Takes down a citizen's appeal against what restricts his number: the strictest in force. `recordedBy`: who took it
 * down, null when he wrote himself. Codes: those of `lodgeAppeal`, call.unknown.
 */
export function recordAppeal(deps: RestrictionDeps) {
  return (input: {
    readonly id: string;
    readonly whose: Whose;
    readonly text: string;
    readonly recordedBy: string | null;
  }): Promise<Appeal> =>
    deps.database.transact(async (tx) => {
      const { id, whose, text, recordedBy } = input;
      await deps.restrictions.lock(tx);
      const known = await deps.restrictions.appeal(id, tx);
      if (known !== null) return known;
      await endDueMeasures(deps, tx);
      const number = await numberOf(deps, whose, tx);
      const history = number === null ? [] : await deps.restrictions.ofNumber(number, tx);
      const active = history.filter(({ state }) => state === 'active');
      const measure =
        active.find(({ step }) => step === 'block') ?? active.find(({ step }) => step === 'limit');
      if (measure === undefined) throw new AppError('appeal.notRestricted');
      const earlier = await deps.restrictions.appeals(measure.id, tx);
      const appeal = decided(lodgeAppeal(measure, earlier, { id, text, recordedBy, nowMs: deps.now() }));
      await deps.restrictions.saveAppeal(appeal, tx);
      return appeal;
    });
}

/** Decides an appeal; granting it lifts the restriction in the same transaction, if it is still in force. */
export function judgeAppeal(deps: RestrictionDeps) {
  return (input: {
    readonly id: string;
    readonly verdict: Verdict;
    readonly answer: string;
    readonly actor: RuleActor;
  }): Promise<Appeal> =>
    deps.database.transact(async (tx) => {
      const { id, verdict, answer, actor } = input;
      await deps.restrictions.lock(tx);
      const appeal = await deps.restrictions.appeal(id, tx);
      if (appeal === null) throw new AppError('appeal.unknown', { appeal: id });
      const measure = await measureBy(deps, appeal.measureId, tx);
      const context = measureContext(deps, actor, answer);
      const { nowMs } = context;
      const judged = decided(decideAppeal(appeal, measure, verdict, { actor: context.actor, nowMs, answer }));
      await deps.restrictions.saveAppeal(judged, tx);
      if (verdict === 'grant' && measure.state === 'active') {
        await writtenMeasure(deps, moveMeasure(measure, measure.state, 'lift', {}, context), actor, tx);
      }
      return judged;
    });
}
