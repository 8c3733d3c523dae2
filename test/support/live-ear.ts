import { WebSocket } from 'ws';
import { until } from '../../src/demo/poll.ts';
import type { Town } from './town.ts';

export interface AgentWord {
  readonly agentId: string;
  readonly state: string;
  readonly reason: string | null;
  readonly callId: string | null;
  readonly phoneReachable: boolean;
  readonly readyAgainMs: number | null;
}
export interface LiveWord {
  readonly type: string;
  readonly source?: string;
  readonly agent?: AgentWord;
}

/** What an agent's page is told of the live picture, word by word, for as long as it listens. */
export class LiveEar {
  readonly words: LiveWord[] = [];

  static async at(town: Town, username: string): Promise<LiveEar> {
    const session = await fetch(`${town.apiUrl}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: town.passwordOf(username), as: 'token' }),
    });
    const { token } = (await session.json()) as { token: string };
    const ear = new LiveEar();
    const socket = new WebSocket(`${town.apiUrl.replace('http', 'ws')}/v1/live`, {
      headers: { authorization: `Bearer ${token}` },
    });
    socket.on('message', (data) => ear.words.push(JSON.parse(String(data)) as LiveWord));
    await new Promise((resolve, reject) => socket.once('message', resolve).once('error', reject));
    town.visit(() => new Promise((resolve) => socket.once('close', resolve).close()));
    return ear;
  }

  /** Resolves with the first such word from here on, or among those that were told after the `nth`. */
  until(what: string, holds: (word: LiveWord) => boolean, after = 0): Promise<number> {
    return until(
      what,
      30_000,
      () => {
        const at = this.words.findIndex((word, nth) => nth >= after && holds(word));
        return at === -1 ? null : at + 1;
      },
      50,
    );
  }

  /** What this agent was told of himself, each state once as it came. */
  statesOf(agentId: string): readonly string[] {
    const told = this.words.flatMap(({ agent }) =>
      agent?.agentId === agentId
        ? [[agent.state, ...(agent.reason === null ? [] : [agent.reason])].join(' ')]
        : [],
    );
    return told.filter((state, at) => state !== told[at - 1]);
  }
}
