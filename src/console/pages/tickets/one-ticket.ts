import { type Ref, ref, shallowRef, watch } from 'vue';
import { answer, api } from '../../api/client.ts';
import { useAsking } from '../../elements/refusal.ts';
import { useToldOf } from '../../live/told-of.ts';
import { useSession } from '../../session/session.ts';
import type { OpenMove, Parts, Ticket } from './shapes.ts';

export interface OneTicket {
  readonly ticket: Ref<Ticket | null>;
  /** What the reader can do now, as the server says. */
  readonly moves: Ref<readonly OpenMove[]>;
  readonly parts: Ref<Parts | null>;
  readonly refusal: Ref<string | null>;
  /** Counts the readings: what hangs on the ticket reads anew with it. */
  readonly edition: Ref<number>;
  readonly reload: () => Promise<void>;
}

/** One ticket as the server has it, read anew when somebody moves it. */
export function useOneTicket(id: () => string): OneTicket {
  const session = useSession();
  const ticket = shallowRef<Ticket | null>(null);
  const moves = shallowRef<readonly OpenMove[]>([]);
  const parts = shallowRef<Parts | null>(null);
  const edition = ref(0);
  const { refusal, ask, busy } = useAsking();

  async function reload(): Promise<void> {
    const asked = id();
    const path = { params: { path: { id: asked } } };
    // A leader reads and moves nothing.
    const moving = session.roles.some(
      (role) => role !== 'leader' && role !== 'admin' && role !== 'vendorLead',
    );
    busy.value = false;
    await ask(async () => {
      const [found, open, joint] = await Promise.all([
        answer(api.GET('/v1/tickets/{id}', path)),
        moving ? answer(api.GET('/v1/tickets/{id}/moves', path)) : { moves: [] },
        answer(api.GET('/v1/tickets/{id}/parts', path)),
      ]);
      if (asked !== id()) return;
      ticket.value = found;
      moves.value = open.moves;
      parts.value = joint;
      edition.value += 1;
    });
  }
  watch(
    id,
    () => {
      ticket.value = null;
      moves.value = [];
      parts.value = null;
      void reload();
    },
    { immediate: true },
  );

  useToldOf({ concerns: ({ ticketId }) => ticketId === id(), afterMs: 300, read: reload });
  return { ticket, moves, parts, refusal, edition, reload };
}
