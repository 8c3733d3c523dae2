import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { content } from '../../domain/knowledge/entries.ts';
import type { Counter, Person } from './counter.ts';

/** Writing, checking and publishing over a counter, as the tests of the knowledge base all do. */
export function knowledgeDesk(counter: Counter) {
  const { unit: editor, reviewer, lead } = counter.people;
  const post = (who: Person, path: string, body: object, key: string = randomUUID()) =>
    counter.ask(who, 'POST', `/v1${path}`, body, { 'idempotency-key': key });
  const words = (over: object = {}) => ({ ...content({ categories: ['leak'] }), ...over });
  const read = async (id: string, who: Person = reviewer) =>
    (await counter.ask(who, 'GET', `/v1/knowledge/${id}`)).body;
  const draft = async (over: object = {}, who = editor): Promise<string> => {
    const { status, body } = await post(who, '/knowledge', words(over));
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  };
  const moved = async (who: Person, id: string, move: string, version = 1, reason = '已核对文件') => {
    const { revision } = await read(id, lead);
    return post(who, `/knowledge/${id}/versions/${version}/moves`, { move, revision, reason });
  };
  const publish = async (id: string, version = 1): Promise<void> => {
    for (const [who, move] of [
      [editor, 'submit'],
      [reviewer, 'approve'],
      [reviewer, 'publish'],
    ] as const) {
      const { status, body } = await moved(who, id, move, version);
      expect(status, `${move}: ${JSON.stringify(body)}`).toBe(200);
    }
  };
  const published = async (over: object = {}): Promise<string> => {
    const id = await draft(over);
    await publish(id);
    return id;
  };
  const revise = async (id: string, over: object) => {
    const { revision } = await read(id, lead);
    return post(editor, `/knowledge/${id}/versions`, { ...words(over), revision });
  };
  const quote = (callId: string, entryId: string, over: object = {}, who = counter.people.agent) =>
    post(who, `/calls/${callId}/quotes`, { entryId, version: 1, ...over });
  return { post, words, read, draft, moved, publish, published, revise, quote };
}
