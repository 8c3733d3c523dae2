import { areaOfNumber } from '../../domain/hotlines/area-codes.ts';
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

/** Where he calls from, as far as it is known, and by what. */
export interface CallerArea {
  readonly name: string;
  readonly by: 'number' | 'ticket';
}

type Ringing = Pick<CallView, 'callerNumber' | 'dialled' | 'line' | 'mode'>;

/** Who calls and on which line: read while it rings, of a call that goes on now. */
export function readCallerCard(deps: CallerCardDeps) {
  return async (
    call: Ringing,
  ): Promise<
    Omit<CallerCard, 'lastPlace'> & { readonly line: LineDialled; readonly area: CallerArea | null }
  > => {
    const areaCode = await deps.callerNotes.areaCode();
    const caller = callerNumberOf(call.callerNumber, areaCode);
    const [{ lastPlace, ...card }, line] = await Promise.all([
      deps.callerCards.cardOf(caller ?? { number: '', spellings: [] }),
      lineDialled(deps, call),
    ]);
    return { ...card, line, area: areaOf(caller?.number ?? '', areaCode, lastPlace) };
  };
}

/** A line from elsewhere tells it itself; of one of this town, and of a mobile, a matter of his says more. */
function areaOf(number: string, areaCode: string, lastPlace: string): CallerArea | null {
  const line = areaOfNumber(number);
  const byLine = line === null ? null : ({ name: line.name, by: 'number' } as const);
  if (line !== null && line.code !== areaCode) return byLine;
  return lastPlace === '' ? byLine : { name: lastPlace, by: 'ticket' };
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
