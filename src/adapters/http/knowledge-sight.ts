import type { FastifyRequest } from 'fastify';
import type { EntrySummary } from '../../app/ports/knowledge.ts';
import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { callerOf } from './guard.ts';
import { Refusal } from './problem-replies.ts';
import type { ApiServices } from './services.ts';

/** What somebody sees of an entry: a unit all of its own, and of the others what is told to citizens. */
export function knowledgeSight(services: Pick<ApiServices, 'knowledge' | 'calendar' | 'now'>) {
  const today = async (): Promise<string> => {
    const { calendar } = await services.calendar.load();
    return localDateOf(services.now(), calendar.zone);
  };
  const sight = (request: FastifyRequest, { ownerUnit }: Pick<EntrySummary, 'ownerUnit'>) => {
    const { unitCode } = callerOf(request);
    return unitCode === null || unitCode === ownerUnit.code ? 'whole' : 'told';
  };
  const seen = (request: FastifyRequest, entry: EntrySummary): EntrySummary | null => {
    if (sight(request, entry) === 'whole') return entry;
    return entry.current === null ? null : { ...entry, latest: entry.current };
  };
  const entryOf = async (request: FastifyRequest, id: string): Promise<EntrySummary> => {
    const found = await services.knowledge.entry(id, await today());
    const entry = found === null ? null : seen(request, found);
    if (entry === null) throw new Refusal('knowledge.unknown', { entry: id });
    return entry;
  };
  const wholeOf = async (request: FastifyRequest, id: string): Promise<EntrySummary> => {
    const entry = await entryOf(request, id);
    if (sight(request, entry) !== 'whole')
      throw new Refusal('knowledge.otherUnit', { unit: entry.ownerUnit.code });
    return entry;
  };
  return { today, sight, seen, entryOf, wholeOf };
}
