import { randomUUID } from 'node:crypto';
import { secretMint } from '../../src/adapters/passwords/mint.ts';
import { REVIEWED } from './reviewed.ts';
import type { Town } from './town.ts';

export interface OpenedTicket {
  readonly id: string;
  readonly number: string;
}

/** An appeal that the water company has. */
export function ticketOf(town: Town, citizenNumber: string): Promise<OpenedTicket> {
  return town.lead.post<OpenedTicket>('/v1/tickets', {
    ...{ type: 'COMPLAINT', categoryCode: 'utilities.water', unitCode: 'water' },
    ...{
      content: '水管爆裂，路面积水，请尽快维修。',
      place: '余荡村三组',
      citizenName: '王小明',
      citizenNumber,
    },
  });
}

/** One that is done, whose citizen was written a link; the message itself has its own test. */
export async function linkedTicket(
  town: Town,
  citizenNumber: string,
): Promise<OpenedTicket & { readonly token: string }> {
  const ticket = await ticketOf(town, citizenNumber);
  const unit = await town.as('unit.water');
  const read = await unit.get<{ version: number }>(`/v1/tickets/${ticket.id}`);
  let { version } = read;
  for (const [who, step] of [
    [unit, { move: 'signFor' }],
    [unit, { move: 'handle' }],
    [unit, { move: 'reportDone', reason: '办结', details: { reply: '已修复水管，恢复供水。' } }],
    [town.lead, { move: 'visit', details: { checklist: REVIEWED } }],
  ] as const) {
    ({ version } = await who.post<{ version: number }>(`/v1/tickets/${ticket.id}/moves`, {
      ...step,
      version,
    }));
  }
  await unit.signOut();
  const { token, tokenHash } = secretMint.sessionToken();
  await town.inBooks(
    `insert into visit_links (id, ticket_id, visit_seq, token_hash, made_at, expires_at)
     values ($1, $2, $3, $4, now(), now() + interval '7 days') returning id`,
    [randomUUID(), ticket.id, version, tokenHash],
  );
  return { ...ticket, token };
}
