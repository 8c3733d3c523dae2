import type { ApiClient } from '../../src/demo/api-client.ts';

interface Version {
  readonly number: number;
  readonly revision: number;
  readonly state: string;
}

/** Wrap-up is the product's own; `app_queue` has none here (`wrapuptime = 0`), so by the rules nobody has. */
export async function publishNoWrapUp(operator: ApiClient, second: () => Promise<ApiClient>): Promise<void> {
  const reason = '测速：与同一 Asterisk 的队列相比';
  const title = '测速：无话后整理';
  const { number, revision } = await operator.post<Version>('/v1/rules/versions', { title });
  const at = `/v1/rules/versions/${number}`;
  await operator.post(`${at}/edits`, { revision, edit: { queues: [{ code: 'general', wrapUpMs: 0 }] } });
  const asked = await operator.post<Version>(`${at}/publish`, { reason });
  if (asked.state === 'awaitingSecond') await (await second()).post(`${at}/approve`, { reason });
}
