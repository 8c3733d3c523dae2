import type { FastifyRequest } from 'fastify';
import type { ApiServices } from './services.ts';

/**
 * Call control hears of a change from the database as well; being asked, it answers when it has it, so that the next
 * call goes by what the answer says.
 */
export async function askToReload(request: FastifyRequest, services: ApiServices): Promise<void> {
  await services.commands
    .send({ kind: 'reloadConfiguration' })
    .catch((err: unknown) => request.log.warn({ err }, 'call control was not told of a change'));
}
