import { expire, moveIncident, usualEnding } from '../../domain/announcements/incident.ts';
import { AppError } from '../errors.ts';
import { type RuleActor, SYSTEM_TRACE } from '../rules/rule-change.ts';
import { type AnnouncementDeps, incidentBy, incidentContext, written } from './incident-change.ts';
import { tellSubscribers } from './tell-subscribers.ts';

/**
 * The incident is over (`close`), or should not have been announced (`withdraw`): the next call does not hear it, and
 * whoever asked is told, in the same transaction. `ending`: what they are told, unless the usual words will do.
 */
export function endAnnouncement(deps: AnnouncementDeps) {
  return (input: {
    readonly id: string;
    readonly move: 'close' | 'withdraw';
    readonly reason: string;
    readonly ending: string | null;
    readonly actor: RuleActor;
  }) =>
    deps.database.transact(async (tx) => {
      await deps.announcements.lock(tx);
      const { id, move, actor } = input;
      const incident = await incidentBy(deps, id, tx);
      const ending = input.ending?.trim() || usualEnding(move, incident.title);
      const context = incidentContext(deps, actor, input.reason);
      const decision = moveIncident(incident, incident.state, move, { ending }, context);
      const changed = await written(deps, decision, actor, tx);
      // More than one helping is left to the worker's round.
      await tellSubscribers(deps)(tx);
      return changed;
    });
}

/** What the clock asks for: those whose end has come. Any number of workers end each once. */
export function expireDueAnnouncements(deps: AnnouncementDeps) {
  return async (): Promise<number> => {
    const isDue = async (tx?: Parameters<typeof deps.announcements.live>[0]) =>
      (await deps.announcements.live(tx)).filter(({ untilMs }) => untilMs <= deps.now());
    // Asked every half second: nobody is locked out for nothing.
    if ((await isDue()).length === 0) return 0;
    return deps.database.transact(async (tx) => {
      await deps.announcements.lock(tx);
      const due = await isDue(tx);
      for (const incident of due) {
        const decision = expire(incident, deps.now());
        if (decision.kind === 'refused') throw new AppError(decision.refusal.code);
        await written(deps, decision, { trace: SYSTEM_TRACE }, tx);
      }
      return due.length;
    });
  };
}
