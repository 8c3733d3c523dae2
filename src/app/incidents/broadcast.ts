import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import { type IncidentDeps, incidentBy } from './membership.ts';
import { writeTo } from './write-to.ts';

/**
 * All citizens of an open incident are told how it stands, each once. `broadcastId`: the same asked for again is the same.
 * Refuses with `incident.unknown`, `incident.notOpen`.
 */
export function broadcast(deps: IncidentDeps) {
  const write = writeTo(deps);
  return (asked: {
    readonly id: string;
    readonly broadcastId: string;
    readonly text: string;
    readonly actor: Actor & { readonly accountId: string };
  }): Promise<{ readonly queued: number; readonly byPhone: readonly string[] }> =>
    deps.database.transact(async (tx) => {
      const { id, broadcastId, text, actor } = asked;
      const incident = await incidentBy(deps, id, tx);
      // Told by a process that died before it could answer: it stands under this very id.
      const earlier = await deps.incidents.broadcastOf(broadcastId, tx);
      if (earlier !== null) return earlier;
      if (incident.state !== 'open') throw new AppError('incident.notOpen', { state: incident.state });
      const told = { kind: 'progress', text: text.trim(), key: `incident:${broadcastId}:` } as const;
      const written = await write(id, told, await deps.incidents.citizens(id, tx), tx);
      const at = deps.now();
      await deps.incidents.addBroadcast(
        { id: broadcastId, incidentId: id, at, by: actor.accountId, ...told, ...written },
        tx,
      );
      return written;
    });
}
