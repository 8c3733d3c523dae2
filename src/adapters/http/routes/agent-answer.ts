import { Type } from '@fastify/type-provider-typebox';
import { AppError } from '../../../app/errors.ts';
import type { AgentView } from '../../../app/ports/agent-view.ts';
import type { AgentCommand } from '../../../app/ports/commands.ts';
import type { ApiServices } from '../services.ts';
import { answers, exactly } from '../shapes/elements.ts';
import { AgentShape } from '../shapes/live.ts';

/** Every command about an agent answers with how the agent stands after it. */
export const AgentAnswer = answers({ 200: exactly({ agent: Type.Union([AgentShape, Type.Null()]) }) });

/** Idempotent: asking for the present state is answered like the first time, also from a second tab. */
export const askOfAgent =
  ({ commands }: ApiServices) =>
  async (command: AgentCommand): Promise<{ readonly agent: AgentView | null }> => {
    const reply = await commands.send(command);
    if (!reply.ok) throw new AppError(reply.code, {}, reply.detail);
    return { agent: reply.agent };
  };
