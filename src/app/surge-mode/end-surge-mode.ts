import { isOn } from '../../domain/hotlines/surge-mode.ts';
import { endAnnouncement } from '../announcements/close-announcement.ts';
import { AppError } from '../errors.ts';
import { auditOf, type SurgeModeDeps, type SurgeModeOrder } from './open-surge-mode.ts';

/**
 * Before its time: from the next call on everything is what it was. Ended already, it is ended. Code: surgeMode.unknown.
 */
export function endSurgeMode(deps: SurgeModeDeps) {
  return ({ id, reason, actor }: Pick<SurgeModeOrder, 'id' | 'reason' | 'actor'>): Promise<void> =>
    deps.database.transact(async (tx) => {
      const nowMs = deps.now();
      await deps.surgeModes.lock(tx);
      const mode = await deps.surgeModes.find(id, tx);
      if (mode === null) throw new AppError('surgeMode.unknown', { surgeMode: id });
      if (mode.endedMs !== null || !isOn(mode, nowMs)) return;
      const { announcementId } = mode;
      const told = announcementId === null ? null : await deps.announcements.byId(announcementId, tx);
      // Somebody may have withdrawn it by hand.
      if (told?.state === 'live') {
        const within = {
          ...deps,
          database: { transact: <T>(work: (step: typeof tx) => Promise<T>) => work(tx) },
        };
        await endAnnouncement(within)({ id: told.id, move: 'close', reason, ending: null, actor });
      }
      await deps.surgeModes.end(id, { atMs: nowMs, by: actor.accountId, reason }, tx);
      await deps.audit.add(auditOf(deps, 'surgeMode.ended', { id, reason, actor, nowMs }), tx);
      await deps.configuration.publish(tx);
    });
}
