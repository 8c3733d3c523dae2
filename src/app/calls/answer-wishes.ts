import { legOfAgent, ringingLegsOf } from '../../domain/calls/conversation/talk-of.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommandRefusal, CommandReply } from '../ports/command-reply.ts';
import type { AnswerCommand } from '../ports/commands.ts';
import { isOfAnother, refusedAsOfAnother } from './another-call.ts';
import type { CallEngine } from './engine.ts';
import { GrantedKeys } from './granted-keys.ts';

interface AnswerParts {
  readonly engine: CallEngine;
  readonly desk: AgentDesk;
  readonly clock: Clock;
  post(work: () => void): void;
}

interface Waiting {
  readonly agentId: string;
  readonly callId: string;
  readonly cancel: () => void;
  readonly reply: (reply: CommandReply) => void;
}

/** A telephone that answers by itself does it within a moment; longer than this the API waits for nobody. */
const TAKEN_WITHIN_MS = 1_500;

/**
 * Answers by command, at desk telephones: told to have been done when the talk is there, and not before. What a telephone
 * does not take rings on. The same wish sent again asks the telephone for nothing.
 *
 *   asked -> taken | gone (the citizen hung up, or another has him) | notTaken, after a moment
 */
export class AnswerWishes {
  readonly #parts: AnswerParts;
  readonly #granted = new GrantedKeys();
  readonly #waiting = new Set<Waiting>();

  constructor(parts: AnswerParts) {
    this.#parts = parts;
  }

  carryOut(command: AnswerCommand): CommandReply | Promise<CommandReply> {
    const { agentId, key } = command;
    const { desk, engine } = this.#parts;
    desk.heard(agentId);
    const presence = desk.presence(agentId);
    if (presence === null) return refuse('agent.unknown', `no agent ${agentId}`);
    const { callId, state } = presence;
    if (isOfAnother(command, callId)) return refusedAsOfAnother(command);
    // Asking for what already is, is granted.
    if (callId !== null && state === 'TALKING') return this.#talking(agentId);
    const call = callId === null ? undefined : engine.book.get(callId)?.call;
    const leg = call === undefined ? null : legOfAgent(call, agentId);
    const rings = call !== undefined && leg !== null && ringingLegsOf(call).includes(leg);
    const phone = desk.profile(agentId)?.phone;
    if (callId === null || !rings || phone === undefined) {
      return refuse('call.none', 'nothing rings at the telephone of this agent');
    }
    if (desk.view(agentId)?.phoneKind === 'browser') {
      return refuse('answer.atBrowser', 'a browser answers by itself, when its user asks it to');
    }
    const outcome = this.#outcome(agentId, callId);
    if (!this.#granted.has(key, () => [])) {
      this.#granted.add(key);
      engine.apply(callId, { type: 'answerWanted', agentId, phone });
    }
    return outcome;
  }

  /** After whatever happened. */
  look(): void {
    for (const one of [...this.#waiting]) {
      const presence = this.#parts.desk.presence(one.agentId);
      const isHere = presence?.callId === one.callId;
      if (isHere && presence.state === 'RINGING') continue;
      const talks = isHere && presence.state === 'TALKING';
      this.#settle(
        one,
        talks ? this.#talking(one.agentId) : refuse('call.none', 'the call is at this telephone no more'),
      );
    }
  }

  #outcome(agentId: string, callId: string): Promise<CommandReply> {
    const { clock, post } = this.#parts;
    const late = refuse('answer.notTaken', `not answered within ${TAKEN_WITHIN_MS} ms; it rings on`);
    return new Promise((reply) => {
      const cancel = clock.after(TAKEN_WITHIN_MS, () => post(() => this.#settle(one, late)));
      const one: Waiting = { agentId, callId, cancel, reply };
      this.#waiting.add(one);
    });
  }

  #settle(one: Waiting, reply: CommandReply): void {
    if (!this.#waiting.delete(one)) return;
    one.cancel();
    one.reply(reply);
  }

  #talking(agentId: string): CommandReply {
    return { ok: true, agent: this.#parts.desk.view(agentId) };
  }

  stop(): void {
    for (const one of [...this.#waiting])
      this.#settle(one, refuse('callControl.busy', 'call control is stopping'));
  }
}

const refuse = (code: CommandRefusal, detail: string): CommandReply => ({ ok: false, code, detail });
