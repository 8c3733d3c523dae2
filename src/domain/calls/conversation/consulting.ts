import type { Call } from '../call.ts';
import { asideBridge } from '../steps.ts';
import type { Act } from './acts.ts';
import { type Conversation, changed, consultedIn, isComing, type Party, without } from './conversation.ts';
import { rung } from './ringing.ts';
import { answeredByAnother, joinedFact } from './talked.ts';
import type { Turn } from './turned.ts';

type Consulting = Extract<Act, { readonly kind: 'consult' | 'swap' | 'complete' | 'merge' }>;

/** Two of a talk step aside and come back: one by one, changed about, or together. */
export function consulting(
  call: Call,
  talk: Conversation,
  { actor, by, act }: { readonly actor: Party; readonly by: string; readonly act: Consulting },
  nowMs: number,
): Turn | null {
  const consulted = consultedIn(talk);
  switch (act.kind) {
    case 'consult': {
      const { party, ...next } = rung(call, talk, act.target, { role: 'consulted', by }, nowMs);
      const aside = changed(next.talk, actor.id, { state: 'aside' });
      return {
        ...next,
        talk: { ...aside, consultBy: actor.id, aside: asideBridge(call) },
        facts: [...next.facts, { type: 'consulted', leg: party.id, by }],
      };
    }
    case 'swap': {
      if (consulted === null) return null;
      const toCitizen = actor.state === 'aside';
      const swapped = changed(talk, actor.id, { state: toCitizen ? 'in' : 'aside' });
      const citizen = toCitizen ? { ...talk.citizen, held: null } : talk.citizen;
      return {
        talk: { ...changed(swapped, consulted.id, { state: toCitizen ? 'held' : 'aside' }), citizen },
        facts: [{ type: 'swapped', to: toCitizen ? 'citizen' : consulted.id, by }],
      };
    }
    case 'merge': {
      if (consulted === null || isComing(consulted)) return null;
      const together = changed(changed(talk, actor.id, { state: 'in' }), consulted.id, {
        state: 'in',
        role: 'member',
      });
      return {
        talk: { ...together, consultBy: null, citizen: { ...talk.citizen, held: null } },
        facts: [joinedFact(consulted, 'merged', by)],
      };
    }
    case 'complete':
      return consulted === null ? null : completed(call, talk, { actor, by, consulted });
    default:
      return act satisfies never;
  }
}

/** The agent leaves the citizen to whom he asked; who still rings comes to the citizen instead of to the agent. */
function completed(
  call: Call,
  talk: Conversation,
  { actor, by, consulted }: { readonly actor: Party; readonly by: string; readonly consulted: Party },
): Turn {
  const coming = isComing(consulted);
  const next = changed(
    without(talk, actor.id),
    consulted.id,
    coming ? { role: 'transferred' } : { role: 'member', state: 'in' },
  );
  const taken = coming ? null : answeredByAnother(call, consulted, 'transferred', by);
  return {
    // Whoever has the citizen now did not mute him, and hears him.
    talk: {
      ...next,
      consultBy: null,
      sender: coming ? by : null,
      citizen: { ...talk.citizen, muted: false },
    },
    gone: [{ party: actor, how: 'transferred', by, hangup: 'normal' }],
    change: taken?.change ?? {},
    facts: [{ type: 'transferred', how: 'consulted', to: consulted.id, by }, ...(taken?.facts ?? [])],
  };
}
