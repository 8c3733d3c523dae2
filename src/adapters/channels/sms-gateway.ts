import { createHmac } from 'node:crypto';
import type { IntakeChannel, Reading } from '../../app/ports/intake.ts';
import type { IncomingMessage } from '../../domain/intake/incoming.ts';
import { storable } from '../../domain/tickets/storable.ts';
import { firstOf, idOfBody, isFresh, isSameProof } from './proof.ts';

const ID_MAX = 200;
const SENDER_MAX = 40;

/**
 * Text messages from a gateway of the customer's, by HTTP POST and signed as what we send to one:
 * `x-yihaotong-signature: v1=HEX`, HMAC-SHA256 of `TIMESTAMP.BODY` under the common secret, with `x-yihaotong-timestamp` in
 * seconds. The body is `{"id", "from", "text", "sentAt"?}`; what is signed and yet cannot be read is somebody's message all the same.
 */
export function smsGateway({ secret }: { readonly secret: string }): IntakeChannel {
  return {
    read({ headers, body: bytes }, now): Reading {
      const timestamp = firstOf(headers['x-yihaotong-timestamp']);
      const right = createHmac('sha256', secret).update(`${timestamp}.`).update(bytes).digest('hex');
      if (!isSameProof(firstOf(headers['x-yihaotong-signature']), `v1=${right}`))
        return { kind: 'refused', code: 'channel.signatureWrong' };
      if (!/^\d{10}$/.test(timestamp) || !isFresh(timestamp, now))
        return { kind: 'refused', code: 'channel.stale' };
      const message = messageOf(new TextDecoder().decode(bytes), Number(timestamp) * 1000);
      // The signature covers the words: a second delivery of it is the same message, and is known by its id.
      return { kind: 'message', message, proof: null, answered: null };
    },
  };
}

function messageOf(body: string, signedAt: number): IncomingMessage {
  const { id, from, text, sentAt } = parsed(body);
  const isMessage = typeof id === 'string' && id !== '' && id.length <= ID_MAX && typeof text === 'string';
  const sender = typeof from === 'string' ? from.slice(0, SENDER_MAX) : '';
  if (!isMessage) {
    const unread = { messageId: idOfBody(body), sender, text: body, sentAt: signedAt };
    return { channel: 'sms', ...unread, fault: 'unreadable' };
  }
  const sent = typeof sentAt === 'string' ? Date.parse(sentAt) : Number.NaN;
  // A handset's clock may show any year.
  const isPast = sent > Date.UTC(2000) && sent <= signedAt;
  // An id that cannot be kept as it is is known by its hash: a delivery that fails would come again for ever.
  const messageId = storable(id) === id ? id : idOfBody(JSON.stringify(id));
  return { channel: 'sms', messageId, sender, text, sentAt: isPast ? sent : signedAt, fault: null };
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
