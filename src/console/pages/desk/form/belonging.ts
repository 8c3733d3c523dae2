import { answer, api } from '../../../api/client.ts';
import type { AppealDraft, Belonging } from './appeal.ts';

/** Longest title of an incident. */
const TITLE_MOST = 100;

/** A new ticket joins an incident; or it and another of the same matter become one. The code of why not, null: it did. */
export async function belong(
  ticketId: string,
  { to, id, title }: Belonging,
  { categoryCode, place }: AppealDraft,
  { header, reason }: { readonly header: { 'idempotency-key': string }; readonly reason: string },
): Promise<string | null> {
  const { lines } = await answer(
    to === 'incident'
      ? api.POST('/v1/incidents/{id}/members', {
          params: { path: { id }, header },
          body: { ticketIds: [ticketId], reason },
        })
      : api.POST('/v1/incidents', {
          params: { header },
          body: {
            title: [...title].slice(0, TITLE_MOST).join(''),
            area: place.trim(),
            ticketIds: [id, ticketId],
            ...{ categoryCode, reason },
          },
        }),
  );
  return lines.find(({ outcome }) => outcome === 'refused')?.code ?? null;
}
