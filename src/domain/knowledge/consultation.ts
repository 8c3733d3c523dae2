import { isDiscreet } from '../privacy/discreet.ts';
import { wordsOfNobody } from '../privacy/masked.ts';
import type { AppealWords } from '../tickets/appeal-words.ts';

/** Who is part of a talk, as the live picture has it. */
interface OnTheLine {
  readonly kind: string;
  readonly agentId: string | null;
  readonly state: string;
  readonly role: string;
  /** Account of the agent who brought him in. */
  readonly by: string | null;
  /** Of the directory, as whom the agent had him dialled. */
  readonly expert?: string | null;
}

/** Whom only the bell rings for has not taken it, and sees nothing yet. */
const HEARS = ['in', 'aside', 'held'];

/**
 * As whom one of these experts was asked, and by which agent; null: he is not asked in this talk. He was dialled as that expert,
 * talks, and the agent who asked him talks too: a number is anybody's, and once the agent has gone nobody asks him any more.
 */
export function askedIn(
  experts: readonly string[],
  parties: readonly OnTheLine[],
): { readonly expert: string; readonly by: string } | null {
  const talks = (agentId: string): boolean =>
    parties.some((one) => one.kind === 'agent' && one.agentId === agentId && HEARS.includes(one.state));
  for (const { kind, expert, state, role, by } of parties) {
    const isHe = kind === 'number' && expert != null && experts.includes(expert);
    if (!isHe || by === null || role === 'transferred' || !HEARS.includes(state)) continue;
    if (talks(by)) return { expert, by };
  }
  return null;
}

/** What an expert is told of the matter. `nothing`: nothing is written yet, or it is not for him, and he is not told which. */
export type MatterTold =
  | { readonly told: 'nothing' }
  | {
      readonly told: 'words';
      readonly type: AppealWords['type'];
      readonly categoryCode: string;
      readonly title: string;
      readonly content: string;
    };

/**
 * An expert is asked about a rule and not about a person: no name, no number, no door (invariant 10); nothing at all of what is
 * discreet, nor of a complaint about his own house (HM-16). `units`: his own, and all that it lies in.
 */
export function matterTold(
  words: AppealWords | null,
  { callerNumber, units }: { readonly callerNumber: string; readonly units: readonly string[] },
): MatterTold {
  if (words === null || isDiscreet(words) || units.includes(words.accusedUnitCode))
    return { told: 'nothing' };
  const { type, categoryCode, title, content, citizenName, citizenNumber, place } = words;
  if ([type, categoryCode, title, content].every((one) => one === '')) return { told: 'nothing' };
  const citizen = { name: citizenName, number: citizenNumber === '' ? callerNumber : citizenNumber, place };
  return {
    ...{ told: 'words', type, categoryCode },
    title: wordsOfNobody(title, citizen),
    content: wordsOfNobody(content, citizen),
  };
}
