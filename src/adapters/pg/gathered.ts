import { DatabaseAway } from '../../app/ports/transaction.ts';

const MOST = 64;

interface Waiting<Q, A> {
  readonly question: Q;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * What is asked in one turn of the event loop goes to the server as one statement: sixteen clerks at once cost one journey. A
 * question always waits for a statement that is sent after it, so that no answer is older than its question. `ask` answers in
 * the order of the questions. One that spoils the statement for the others (a text that PostgreSQL refuses) spoils it for
 * itself alone: then each is asked by itself.
 */
export function gathered<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
): (question: Q) => Promise<A> {
  let waiting: Waiting<Q, A>[] = [];

  const answer = async (asked: readonly Waiting<Q, A>[]): Promise<void> => {
    try {
      const answers = await ask(asked.map(({ question }) => question));
      if (answers.length !== asked.length) {
        throw new Error(`${asked.length} questions, and ${answers.length} answers`);
      }
      for (const [at, { resolve }] of asked.entries()) resolve(answers[at] as A);
    } catch (error) {
      if (asked.length === 1 || error instanceof DatabaseAway) {
        for (const { reject } of asked) reject(error);
      } else {
        await Promise.all(asked.map((one) => answer([one])));
      }
    }
  };

  const send = (): void => {
    const asked = waiting;
    waiting = [];
    // It answers and refuses by itself.
    if (asked.length > 0) void answer(asked);
  };

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (waiting.length === 1) setImmediate(send);
      else if (waiting.length === MOST) send();
    });
}
