import { carryOutOutbound, isOutboundCommand, type OutboundHouse } from '../callbacks/outbound-commands.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommandReply } from '../ports/command-reply.ts';
import type { AgentCommand } from '../ports/commands.ts';
import { carryOutCommand } from './agent-commands.ts';
import { AnswerWishes } from './answer-wishes.ts';
import type { EventLine } from './event-line.ts';
import type { Listening } from './listening.ts';
import type { PersistentLegs } from './persistent-legs.ts';
import type { TalkCommands } from './talk-commands.ts';
import type { Workplaces } from './workplaces.ts';

interface CommandDeskParts extends OutboundHouse {
  readonly line: EventLine;
  readonly talks: TalkCommands;
  readonly listening: Listening;
  readonly clock: Clock;
  readonly workplaces: Workplaces;
  readonly legs: PersistentLegs;
  /** False when the configuration could not be had. */
  reload(): Promise<boolean>;
}

const DONE: CommandReply = { ok: true, agent: null };

/** Where commands come in: each is carried out in its turn, in the one line, and answered with the state after it. */
export class CommandDesk {
  readonly #parts: CommandDeskParts;
  readonly #answers: AnswerWishes;

  constructor(parts: CommandDeskParts) {
    this.#parts = parts;
    const { engine, desk, clock, line } = parts;
    this.#answers = new AnswerWishes({ engine, desk, clock, post: (work) => line.post(work) });
  }

  /** After whatever happened: what was asked for may have come true. */
  look(): void {
    this.#answers.look();
  }

  stop(): void {
    this.#answers.stop();
  }

  take(command: AgentCommand): Promise<CommandReply> {
    const { line, desk, listening, talks, engine } = this.#parts;
    if (line.isStopped) return Promise.resolve(busy('call control is stopping'));
    if (command.kind === 'reloadConfiguration') {
      const { reload } = this.#parts;
      return reload().then((loaded) => (loaded ? DONE : busy('the configuration could not be loaded')));
    }
    if (command.kind === 'wayOpen') {
      line.post(() => desk.wayOpen());
      return Promise.resolve(DONE);
    }
    return new Promise((resolve) => {
      line.post(() => {
        if (isOutboundCommand(command)) return resolve(carryOutOutbound(this.#parts, command));
        if (command.kind === 'listen') return resolve(listening.carryOut(command));
        if (command.kind === 'answer') return resolve(this.#answers.carryOut(command));
        const reply = carryOutCommand(engine, desk, talks, command);
        resolve(reply);
        this.#lookAtPhone(command, reply);
      });
    });
  }

  /** A phone that is said to be away is looked at again: the agent who tries once more finds the truth. */
  #lookAtPhone(
    { kind, agentId }: { readonly kind: string; readonly agentId: string },
    reply: CommandReply,
  ): void {
    const { workplaces, legs } = this.#parts;
    const doubted = !reply.ok && reply.code === 'agent.phoneUnreachable';
    if (kind === 'signIn' || doubted) workplaces.provision(agentId);
    if (kind === 'ready') legs.want(agentId);
  }
}

const busy = (detail: string): CommandReply => ({ ok: false, code: 'callControl.busy', detail });
