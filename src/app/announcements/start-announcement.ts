import { type Incident, moveIncident } from '../../domain/announcements/incident.ts';
import type { RuleActor } from '../rules/rule-change.ts';
import {
  type AnnouncementDeps,
  type ChangedIncident,
  type IncidentInput,
  incidentBy,
  incidentContext,
  spelled,
  written,
} from './incident-change.ts';

/**
 * Writes an announcement and, unless it is to stay a draft, starts it: the next call hears it. `id` makes a repeated
 * request the same one. Codes: announcement.faulty and those of `moveIncident`.
 */
export function makeAnnouncement(deps: AnnouncementDeps) {
  return (input: {
    readonly id: string;
    readonly incident: IncidentInput;
    readonly start: boolean;
    readonly reason: string;
    readonly actor: RuleActor;
  }): Promise<ChangedIncident> =>
    deps.database.transact(async (tx) => {
      await deps.announcements.lock(tx);
      const earlier = await deps.announcements.byId(input.id, tx);
      if (earlier !== null) return { incident: earlier, findings: [] };
      const context = incidentContext(deps, input.actor, input.reason);
      const given = spelled(input.incident, await deps.announcements.areaCode(tx));
      const incident: Incident = {
        ...given,
        id: input.id,
        fromMs: input.incident.fromMs ?? context.nowMs,
        state: 'draft',
        authorId: input.actor.accountId,
        createdMs: context.nowMs,
        ending: null,
      };
      const decision = moveIncident(incident, null, input.start ? 'start' : 'draft', {}, context);
      return written(deps, decision, input.actor, tx);
    });
}

/** Changes a draft; one that is heard is withdrawn and said anew. */
export function editAnnouncement(deps: AnnouncementDeps) {
  return (input: { readonly id: string; readonly incident: IncidentInput; readonly actor: RuleActor }) =>
    deps.database.transact(async (tx) => {
      await deps.announcements.lock(tx);
      const incident = await incidentBy(deps, input.id, tx);
      const given = spelled(input.incident, await deps.announcements.areaCode(tx));
      const change = { ...given, fromMs: input.incident.fromMs ?? incident.fromMs };
      const context = incidentContext(deps, input.actor, '');
      return written(deps, moveIncident(incident, incident.state, 'edit', change, context), input.actor, tx);
    });
}

/** Starts a draft. Its beginning is now unless it lies ahead. */
export function startAnnouncement(deps: AnnouncementDeps) {
  return (input: { readonly id: string; readonly reason: string; readonly actor: RuleActor }) =>
    deps.database.transact(async (tx) => {
      await deps.announcements.lock(tx);
      const incident = await incidentBy(deps, input.id, tx);
      const context = incidentContext(deps, input.actor, input.reason);
      const change = { fromMs: Math.max(incident.fromMs, context.nowMs) };
      return written(deps, moveIncident(incident, incident.state, 'start', change, context), input.actor, tx);
    });
}

/** Lets it be heard longer, or less long, or again. */
export function prolongAnnouncement(deps: AnnouncementDeps) {
  return (input: {
    readonly id: string;
    readonly untilMs: number;
    readonly reason: string;
    readonly actor: RuleActor;
  }) =>
    deps.database.transact(async (tx) => {
      await deps.announcements.lock(tx);
      const incident = await incidentBy(deps, input.id, tx);
      const context = incidentContext(deps, input.actor, input.reason);
      const change = { untilMs: input.untilMs };
      return written(
        deps,
        moveIncident(incident, incident.state, 'prolong', change, context),
        input.actor,
        tx,
      );
    });
}
