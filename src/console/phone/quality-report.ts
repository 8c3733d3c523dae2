import { watch } from 'vue';
import { api } from '../api/client.ts';
import { isRefusal, Problem } from '../api/problem.ts';
import { useLive } from '../live/live.ts';
import type { TalkFigures } from './talk-figures.ts';

const AGAIN_AFTER_MS = 5_000;
const TRIES = 12;

interface Talk {
  readonly callId: string;
  readonly leg: string;
}

/** Tells once how a talk was heard, when this agent's leg of it is over or the page is left. What was not measured is not told. */
export function reportQuality(take: () => TalkFigures | null): void {
  const live = useLive();
  let talk: Talk | null = null;

  const now = (): Talk | null => {
    const { own, ownCall } = live;
    if (own?.state !== 'TALKING' || own.phoneKind !== 'browser' || own.callId === null) return null;
    const mine = ownCall?.talk?.parties.find(({ agentId }) => agentId === own.agentId);
    return mine === undefined ? null : { callId: own.callId, leg: mine.id };
  };

  async function tell({ callId, leg }: Talk, figures: TalkFigures, leaving = false): Promise<void> {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      try {
        await api.PUT('/v1/calls/{id}/quality/{leg}', {
          params: { path: { id: callId, leg } },
          body: figures,
          keepalive: leaving,
        });
        return;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        // Refused for good; else the books or the network come back.
        const early =
          !(error instanceof Problem) || error.document.status >= 500 || error.code === 'call.notYetWritten';
        if (!early || leaving) return;
        await new Promise((resolve) => window.setTimeout(resolve, AGAIN_AFTER_MS));
      }
    }
  }

  function end(leaving = false): void {
    const figures = take();
    if (talk !== null && figures !== null) void tell(talk, figures, leaving);
    talk = null;
  }

  watch(
    () => now()?.leg ?? null,
    () => {
      end();
      talk = now();
    },
    { immediate: true },
  );
  window.addEventListener('pagehide', () => end(true));
}
