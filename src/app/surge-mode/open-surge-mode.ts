import { isOn } from '../../domain/hotlines/surge-mode.ts';
import type { AnnouncementDeps } from '../announcements/incident-change.ts';
import { makeAnnouncement } from '../announcements/start-announcement.ts';
import { AppError } from '../errors.ts';
import type { AuditTrail } from '../ports/audit.ts';
import type { Queues } from '../ports/organisation.ts';
import type { SurgeModeBook } from '../ports/surge-modes.ts';
import type { RuleActor } from '../rules/rule-change.ts';

export interface SurgeModeDeps extends AnnouncementDeps {
  readonly surgeModes: SurgeModeBook;
  readonly queues: Queues;
  readonly audit: Pick<AuditTrail, 'add'>;
}

export interface SurgeModeOrder {
  /** The same for the same press of the switch; its announcement's likewise. */
  readonly id: string;
  readonly announcementId: string;
  readonly queues: readonly string[];
  readonly minutes: number;
  readonly recalls: boolean;
  /** Leads and back office take calls as well. */
  readonly backOfficeJoins: boolean;
  readonly wrapUpMs: number | null;
  readonly callbackAfterMs: number | null;
  /** What every caller is told; null: nothing. */
  readonly text: string | null;
  readonly reason: string;
  readonly actor: RuleActor;
}

/**
 * Turns the switch: all of it or nothing. It is over by its time, by itself. Codes: surgeMode.on, surgeMode.nothing,
 * surgeMode.queueUnknown, and those of an announcement.
 */
export function openSurgeMode(deps: SurgeModeDeps) {
  return (order: SurgeModeOrder): Promise<void> =>
    deps.database.transact(async (tx) => {
      const nowMs = deps.now();
      const { id, actor } = order;
      const untilMs = nowMs + order.minutes * 60_000;
      await deps.surgeModes.lock(tx);
      // The order came twice: it is carried out.
      if ((await deps.surgeModes.find(id, tx)) !== null) return;
      const latest = await deps.surgeModes.latest(tx);
      if (latest !== null && latest.endedMs === null && isOn(latest, nowMs)) {
        throw new AppError('surgeMode.on', {
          by: latest.openedByName,
          until: new Date(latest.untilMs).toISOString(),
        });
      }
      const text = order.text?.trim() ?? '';
      const { recalls, backOfficeJoins, wrapUpMs, callbackAfterMs } = order;
      if (!recalls && !backOfficeJoins && wrapUpMs === null && callbackAfterMs === null && text === '') {
        throw new AppError('surgeMode.nothing');
      }
      const queues = [...new Set(order.queues)];
      const known = (await deps.queues.list(tx)).map(({ code }) => code);
      const unknown = queues.filter((code) => !known.includes(code));
      if (unknown.length > 0) throw new AppError('surgeMode.queueUnknown', { queues: unknown });

      if (text !== '') {
        const within = {
          ...deps,
          database: { transact: <T>(work: (step: typeof tx) => Promise<T>) => work(tx) },
        };
        await makeAnnouncement(within)({
          id: order.announcementId,
          incident: {
            title: '高峰提示',
            text,
            lines: null,
            area: null,
            fromMs: null,
            untilMs,
            offerKey: null,
          },
          start: true,
          reason: order.reason,
          actor,
        });
      }
      await deps.surgeModes.open(
        {
          ...{ id, queues, fromMs: nowMs, untilMs, recalls, wrapUpMs, callbackAfterMs },
          helpers: backOfficeJoins ? await deps.surgeModes.backOffice(tx) : [],
          announcementId: text === '' ? null : order.announcementId,
          reason: order.reason,
          openedBy: actor.accountId,
        },
        tx,
      );
      await deps.audit.add(auditOf(deps, 'surgeMode.opened', { ...order, nowMs }), tx);
      await deps.configuration.publish(tx);
    });
}

export const auditOf = (
  { newId }: Pick<SurgeModeDeps, 'newId'>,
  action: 'surgeMode.opened' | 'surgeMode.ended',
  { id, reason, actor, nowMs }: Pick<SurgeModeOrder, 'id' | 'reason' | 'actor'> & { readonly nowMs: number },
) => ({
  ...{ id: newId(), atMs: nowMs, accountId: actor.accountId, action, reason, ...actor.trace },
  ...{ subjectKind: 'surgeMode' as const, subjectId: id },
});
