import { sameArea } from '../../domain/incidents/place.ts';
import { areaOfAppeal, SURGE_WITHIN_MS, surgesIn } from '../../domain/incidents/surge.ts';
import { OWN_REASONS } from '../../domain/tickets/own-reasons.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import type { AlarmBook } from '../ports/alarms.ts';
import type { Log } from '../ports/log.ts';
import { type IncidentDeps, membership } from './membership.ts';
import { reportIncident } from './move-incident.ts';

const DAY_MS = 86_400_000;
/** What is usual is read from four weeks, without the hour that is in question. */
const USUAL_DAYS = 28;
const HOUR_MS = 3_600_000;
/** A late call about the same power cut; what is later is asked about by a person. */
const JOINS_WITHIN_MS = 6 * HOUR_MS;

/**
 * Looks for bursts of appeals (RD-24): a suspected incident with an alarm within two minutes of the fifth, and later appeals of
 * the same branch and area into the incident that is there. Suspected only: a person confirms or dissolves, and whoever was taken
 * out is not taken in again. Any number of workers may look.
 */
export function watchSurges(
  deps: IncidentDeps & { readonly alarms: AlarmBook; readonly log: Log },
): () => Promise<{ readonly suspected: number; readonly joined: number }> {
  const report = reportIncident(deps);
  const members = membership(deps);
  return async () => {
    const now = deps.now();
    const [fresh, underWay] = await Promise.all([
      deps.incidents.fresh(now - JOINS_WITHIN_MS),
      deps.incidents.underWay(),
    ]);
    let joined = 0;
    const left = [];
    for (const appeal of fresh) {
      const area = areaOfAppeal(appeal);
      const incident = underWay.find(
        (one) =>
          one.state !== 'recovered' &&
          one.branchCode === appeal.branchCode &&
          sameArea(one.area, area) &&
          appeal.at >= one.openedAt,
      );
      if (incident === undefined) {
        left.push(appeal);
        continue;
      }
      const asked = { id: incident.id, ticketIds: [appeal.ticketId], reason: OWN_REASONS.joinedByItself };
      const [line] = await members.join({ ...asked, actor: SYSTEM });
      if (line?.outcome === 'done') joined += 1;
    }
    const usual = new Map<string, number>();
    for (const { branchCode, area } of surgesIn(left, () => 0, now)) {
      const to = now - HOUR_MS;
      const times = await deps.incidents.count(branchCode, area, now - USUAL_DAYS * DAY_MS, to);
      usual.set(`${branchCode} ${area}`, (times * SURGE_WITHIN_MS) / (USUAL_DAYS * DAY_MS - HOUR_MS));
    }
    const surges = surgesIn(left, (branchCode, area) => usual.get(`${branchCode} ${area}`) ?? 0, now);
    for (const { branchCode, area, ticketIds, since, chance } of surges) {
      const title = `${area}集中诉求`;
      const [minutes, by] = [Math.round((now - since) / 60_000), chance.toExponential(1)];
      const reason = `${minutes} 分钟内 ${ticketIds.length} 件，偶然概率 ${by}`;
      const id = deps.newId();
      const asked = {
        id,
        move: 'suspect',
        title,
        categoryCode: branchCode,
        area,
        ticketIds,
        reason,
      } as const;
      const number = await deps.database.transact(async (tx) => {
        // Of two workers that saw the same burst the second finds it here.
        await deps.incidents.lockWatch(tx);
        const there = await deps.incidents.underWay(tx);
        const known = there.some(
          (one) => one.state !== 'recovered' && one.branchCode === branchCode && sameArea(one.area, area),
        );
        if (known) return null;
        const { number: its } = await report.inside({ ...asked, actor: SYSTEM }, tx);
        // Together: a worker that dies in between would have told nobody, and nobody would again.
        const words = {
          detail: `${title}（${its}）：${reason}，请核实`,
          detailEn: `Burst of appeals, ${area} (${its}): ${ticketIds.length} within ${minutes} min, by chance ${by}; confirm or dissolve`,
        };
        const about = { kind: 'incident.surge', key: `incident.surge:${id}`, subject: id } as const;
        await deps.alarms.raise({ id: deps.newId(), ...about, ...words, atMs: now }, tx);
        return its;
      });
      if (number === null) continue;
      deps.log.warn({ incident: number, appeals: ticketIds.length }, 'a burst of appeals from one place');
    }
    return { suspected: surges.length, joined };
  };
}
