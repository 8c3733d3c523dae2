import { createHash } from 'node:crypto';
import type { ChannelRefusal, Delivery, IntakeChannel, Reading, Spending } from '../../app/ports/intake.ts';
import type { IncomingMessage } from '../../domain/intake/incoming.ts';
import { firstOf, idOfBody, isFresh, isSameProof } from './proof.ts';
import { readXml, textReply } from './wechat-xml.ts';

/** What WeChat takes for "nothing to say". */
const NOTHING = 'success';

/**
 * A WeChat official account in plain mode: `signature` is the SHA-1 of token, timestamp and nonce in the order of the alphabet.
 * It covers no word of the body, so that a signature is good for one message, event or handshake, within five minutes; the address
 * must be `https:`.
 */
export function wechatAccount({ token }: { readonly token: string }): IntakeChannel {
  function refusalOf(query: Delivery['query'], now: number): ChannelRefusal | null {
    const [timestamp, nonce] = [firstOf(query.timestamp), firstOf(query.nonce)];
    const right = createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex');
    if (!isSameProof(firstOf(query.signature), right)) return 'channel.signatureWrong';
    return /^\d{10}$/.test(timestamp) && isFresh(timestamp, now) ? null : 'channel.stale';
  }
  return {
    handshake(query, now) {
      const code = refusalOf(query, now);
      if (code !== null) return { code };
      const echo = firstOf(query.echostr);
      return { echo, spending: spending(query, `echo:${echo}`, now) };
    },

    read({ query, body: bytes }, now): Reading {
      const code = refusalOf(query, now);
      if (code !== null) return { kind: 'refused', code };
      const proof = firstOf(query.signature);
      const sentAt = Number(firstOf(query.timestamp)) * 1000;
      const body = new TextDecoder().decode(bytes);
      const fields = readXml(body);
      const [from, account] = [fields?.get('FromUserName') ?? '', fields?.get('ToUserName') ?? ''];
      const answered = (words: string, at: number): string =>
        from === '' || account === '' ? NOTHING : textReply(from, account, words, at);
      if (fields?.get('MsgType') === 'event') {
        const greets = fields.get('Event') === 'subscribe';
        const spent = spending(query, `event:${idOfBody(body)}`, now);
        return { kind: 'event', greets, spending: spent, answered: greets ? answered : () => NOTHING };
      }
      return { kind: 'message', message: messageOf(fields, body, sentAt), proof, answered };
    },
  };
}

const spending = (query: Delivery['query'], on: string, at: number): Spending => ({
  ...{ channel: 'wechat', proof: firstOf(query.signature), on, at },
});

function messageOf(
  fields: ReadonlyMap<string, string> | null,
  body: string,
  signedAt: number,
): IncomingMessage {
  const sender = fields?.get('FromUserName') ?? '';
  const messageId = fields?.get('MsgId') ?? '';
  const channel = 'wechat';
  if (fields === null || sender === '' || !/^\d{1,30}$/.test(messageId)) {
    // Who he is stands in its own column, where it is hidden.
    const text = sender === '' ? body : body.replaceAll(sender, '…');
    return { channel, messageId: idOfBody(body), sender, text, sentAt: signedAt, fault: 'unreadable' };
  }
  const created = Number(fields.get('CreateTime')) * 1000;
  const sentAt = created > 0 && created <= signedAt ? created : signedAt;
  const type = fields.get('MsgType') ?? '';
  // What WeChat itself heard in a voice is somebody's words as well.
  const words = type === 'text' ? fields.get('Content') : type === 'voice' ? fields.get('Recognition') : '';
  if (words !== undefined && words !== '')
    return { channel, messageId, sender, text: words, sentAt, fault: null };
  const what = ['Label', 'Title', 'PicUrl', 'Url', 'MediaId'].flatMap((name) => fields.get(name) || []);
  return {
    ...{ channel, messageId, sender, sentAt },
    text: type === 'text' ? '' : [`[${type}]`, ...what].join(' '),
    fault: type === 'text' ? null : 'notText',
  };
}
