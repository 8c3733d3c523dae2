import { MODE_GREETINGS } from '../../domain/hotlines/mode-way.ts';
import { callerNumberOf } from '../../domain/hotlines/spellings.ts';
import { onTheShelves } from '../../domain/ivr/prompt-register.ts';
import { PROMPTS } from '../../domain/ivr/prompts.ts';
import type { CallView } from '../ports/call-view.ts';
import type { CallerCard, CallerCards } from '../ports/caller-card.ts';
import type { CallerNotes } from '../ports/caller-notes.ts';
import type { Lines } from '../ports/lines.ts';
import type { PromptBooks } from '../ports/prompt-books.ts';

export interface CallerCardDeps {
  readonly callerCards: CallerCards;
  readonly callerNotes: Pick<CallerNotes, 'areaCode'>;
  readonly lines: Lines;
  readonly prompts: Pick<PromptBooks, 'ofName'>;
  readonly now: () => number;
}

/** What the citizen was told first, so that the agent greets him as who he has called. */
export interface LineDialled {
  /** Null: the number is in no register. */
  readonly name: string | null;
  readonly unitName: string | null;
  /** Words of the greeting; null: a recording of which nothing is written down. */
  readonly greeting: string | null;
}

type Ringing = Pick<CallView, 'callerNumber' | 'dialled' | 'line' | 'mode'>;

/** Who calls and on which line: read while it rings, of a call that goes on now. */
export function readCallerCard(deps: CallerCardDeps) {
  return async (call: Ringing): Promise<CallerCard & { readonly line: LineDialled }> => {
    const caller = callerNumberOf(call.callerNumber, await deps.callerNotes.areaCode());
    const [card, line] = await Promise.all([
      deps.callerCards.cardOf(caller ?? { number: '', spellings: [] }),
      lineDialled(deps, call),
    ]);
    return { ...card, line };
  };
}

async function lineDialled(deps: CallerCardDeps, { line, mode }: Ringing): Promise<LineDialled> {
  const entry = line === null ? null : await deps.lines.byNumber(line);
  const [usual = null] = isMode(mode) ? MODE_GREETINGS[mode] : [];
  const name = entry?.greeting ?? usual;
  return {
    name: entry?.name ?? null,
    unitName: entry?.unitName ?? null,
    greeting: name === null ? null : await wordsOf(deps, name),
  };
}

const isMode = (mode: string): mode is keyof typeof MODE_GREETINGS => mode in MODE_GREETINGS;

async function wordsOf({ prompts, now }: CallerCardDeps, name: string): Promise<string | null> {
  const shelf = onTheShelves(await prompts.ofName(name), now()).filter(({ state }) => state === 'ready');
  const heard = shelf.find(({ kind }) => kind === 'recorded') ?? shelf[0];
  const own = PROMPTS[name as keyof typeof PROMPTS];
  return (heard === undefined ? own : heard.text || null) ?? null;
}
