import { exportRefusal } from '../../domain/documents/reader.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';

/** Refuses with `document.noExport`. */
export function refuseExport(ticket: Parameters<typeof exportRefusal>[0], actor: Actor): void {
  const refusal = exportRefusal(ticket, actor);
  if (refusal !== null) throw new AppError(refusal);
}
