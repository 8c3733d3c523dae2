import { AppError } from '../errors.ts';
import type { HelpBook } from '../ports/help.ts';
import type { Database } from '../ports/transaction.ts';

interface Deps {
  readonly database: Database;
  readonly help: HelpBook;
  readonly now: () => number;
}

/** `text` '': without a word. `lineId`, `requestId`: the same for the same press of the key. */
export interface Said {
  readonly callId: string;
  readonly accountId: string;
  readonly text: string;
  readonly lineId: string;
}

/** Control signs are no words, and a line is one line. */
export const oneLine = (text: string): string => text.replace(/\p{Cc}/gu, ' ').trim();

/** An agent asks his lead, or adds a word to what he has asked; asked by the same press again it changes nothing. */
export function askHelp(deps: Deps) {
  return ({
    callId,
    accountId,
    text,
    lineId,
    requestId,
  }: Said & { readonly requestId: string }): Promise<void> =>
    deps.database.transact(async (tx) => {
      const at = deps.now();
      const words = oneLine(text);
      if (words !== '') {
        const line = { id: lineId, callId, by: accountId, fromLead: false, at, text: words };
        if ((await deps.help.say(line, tx)) === 'known') return;
      }
      await deps.help.ask({ id: requestId, callId, agentId: accountId, at }, tx);
    });
}

/** A lead writes to the agent of a call: what was asked in it is answered. Refuses with `help.empty`. */
export function answerHelp(deps: Deps) {
  return ({ callId, accountId, text, lineId }: Said): Promise<void> =>
    deps.database.transact(async (tx) => {
      const at = deps.now();
      const words = oneLine(text);
      if (words === '') throw new AppError('help.empty', { callId });
      const line = { id: lineId, callId, by: accountId, fromLead: true, at, text: words };
      if ((await deps.help.say(line, tx)) === 'known') return;
      await deps.help.end('answer', { callId }, { accountId, at, how: 'typed' }, tx);
    });
}

const BATCH = 200;

/** Nobody waits for help in a call that is over, however call control went down meanwhile. */
export function endHelpOfEndedCalls(deps: Pick<Deps, 'help' | 'now'>) {
  return async (): Promise<'again' | 'done'> =>
    (await deps.help.endOver(deps.now(), BATCH)) === BATCH ? 'again' : 'done';
}
