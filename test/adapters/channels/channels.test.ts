import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { smsGateway } from '../../../src/adapters/channels/sms-gateway.ts';
import { wechatAccount } from '../../../src/adapters/channels/wechat-account.ts';
import { readXml } from '../../../src/adapters/channels/wechat-xml.ts';

// What a channel lets in, and what it reads of it.

const NOW = Date.UTC(2026, 10, 27, 4);
const SECONDS = String(NOW / 1000);

describe('a gateway of text messages', () => {
  const SECRET = 'a secret of sixteen';
  const channel = smsGateway({ secret: SECRET });
  const signed = (body: string, timestamp = SECONDS, secret = SECRET) => ({
    query: {},
    body: Buffer.from(body),
    headers: {
      'x-yihaotong-timestamp': timestamp,
      'x-yihaotong-signature': `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
    },
  });
  const BODY = JSON.stringify({ id: 'g1', from: '+8613812345678', text: '水管爆裂' });

  test('is believed under its secret alone, for these words alone, and for five minutes', () => {
    expect(channel.read(signed(BODY), NOW)).toMatchObject({
      kind: 'message',
      proof: null,
      message: { channel: 'sms', messageId: 'g1', sender: '+8613812345678', text: '水管爆裂', fault: null },
    });
    const wrong = { kind: 'refused', code: 'channel.signatureWrong' };
    expect(channel.read(signed(BODY, SECONDS, 'another secret 16'), NOW)).toEqual(wrong);
    expect(channel.read({ ...signed(BODY), body: Buffer.from(BODY.replace('水', '火')) }, NOW)).toEqual(
      wrong,
    );
    expect(channel.read({ ...signed(BODY), headers: {} }, NOW)).toEqual(wrong);
    const stale = { kind: 'refused', code: 'channel.stale' };
    expect(channel.read(signed(BODY), NOW + 300_000).kind).toBe('message');
    expect(channel.read(signed(BODY), NOW + 300_001)).toEqual(stale);
    expect(channel.read(signed(BODY), NOW - 300_001)).toEqual(stale);
    expect(channel.read(signed(BODY, 'yesterday'), NOW)).toEqual(stale);
  });

  test('what it signed and nobody can read is a message all the same, and the same again', () => {
    for (const body of ['{"id":', '[]', '"x"', '{"id":1,"text":"水"}', '{"id":"g2","from":"13812345678"}']) {
      const read = () => channel.read(signed(body), NOW);
      expect(read()).toMatchObject({ message: { fault: 'unreadable', text: body } });
      expect(read()).toEqual(read());
    }
  });

  test('a handset’s time is believed when it is past, and not when it is to come', () => {
    const at = (sentAt: string) =>
      channel.read(signed(JSON.stringify({ id: 'g', from: '13812345678', text: '水', sentAt })), NOW);
    expect(at('2026-11-27T03:59:00Z')).toMatchObject({ message: { sentAt: NOW - 60_000 } });
    for (const no of ['2027-01-01T00:00:00Z', 'soon', '1970-01-01T00:00:00Z'])
      expect(at(no)).toMatchObject({ message: { sentAt: NOW } });
  });
});

describe('a WeChat official account', () => {
  const TOKEN = 'Token123';
  const channel = wechatAccount({ token: TOKEN });
  const query = (timestamp = SECONDS, nonce = '1372623149') => ({
    timestamp,
    nonce,
    signature: createHash('sha1').update([TOKEN, timestamp, nonce].sort().join('')).digest('hex'),
    echostr: '5838479218127813673',
  });
  const xml = (inside: string) =>
    `<xml><ToUserName><![CDATA[gh_1]]></ToUserName>\n<FromUserName><![CDATA[oFollower]]></FromUserName>\n<CreateTime>${SECONDS}</CreateTime>${inside}</xml>`;
  const text = (words: string, id = '23') =>
    xml(`<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${words}]]></Content><MsgId>${id}</MsgId>`);
  const read = (body: string, asked: Record<string, string> = query(), now = NOW) =>
    channel.read({ headers: {}, query: asked, body: Buffer.from(body) }, now);

  test('echoes what it is asked under its token, and nothing otherwise', () => {
    // As WeChat's own example is counted: the three in the order of the alphabet, SHA-1 in hexadecimal.
    expect(channel.handshake?.(query(), NOW)).toEqual({
      echo: '5838479218127813673',
      spending: {
        ...{ channel: 'wechat', proof: query().signature, at: Number(SECONDS) * 1000 },
        on: 'echo:5838479218127813673',
      },
    });
    const wrong = { code: 'channel.signatureWrong' };
    expect(channel.handshake?.({ ...query(), nonce: '1' }, NOW)).toEqual(wrong);
    expect(channel.handshake?.({}, NOW)).toEqual(wrong);
    expect(channel.handshake?.(query(), NOW + 300_001)).toEqual({ code: 'channel.stale' });
  });

  test('its text is read, with what would be markup, and answered to who wrote it', () => {
    const reading = read(text('门前<b>水管</b>爆裂 & <FromUserName>别人</FromUserName>'));
    expect(reading).toMatchObject({
      kind: 'message',
      proof: query().signature,
      message: {
        ...{ channel: 'wechat', messageId: '23', sender: 'oFollower', sentAt: NOW, fault: null },
        text: '门前<b>水管</b>爆裂 & <FromUserName>别人</FromUserName>',
      },
    });
    if (reading.kind !== 'message') throw new Error('no message');
    const reply = readXml(reading.answered?.('收到了', NOW) ?? '');
    expect(Object.fromEntries(reply ?? [])).toEqual({
      ...{ ToUserName: 'oFollower', FromUserName: 'gh_1', CreateTime: SECONDS },
      ...{ MsgType: 'text', Content: '收到了' },
    });
    // Parted over two, so that nothing of it becomes markup.
    expect(reading.answered?.('收到]]>了', NOW)).toContain('<![CDATA[收到]]]]><![CDATA[>了]]>');
  });

  test('a voice that WeChat heard is words; a picture waits with its address; garbage waits whole', () => {
    const voice = '<MsgType>voice</MsgType><MediaId>m</MediaId><MsgId>24</MsgId>';
    expect(read(xml(`${voice}<Recognition><![CDATA[路灯不亮]]></Recognition>`))).toMatchObject({
      message: { text: '路灯不亮', fault: null },
    });
    expect(read(xml(voice))).toMatchObject({ message: { text: '[voice] m', fault: 'notText' } });
    const image =
      '<MsgType><![CDATA[image]]></MsgType><PicUrl><![CDATA[http://p]]></PicUrl><MsgId>25</MsgId>';
    expect(read(xml(image))).toMatchObject({ message: { text: '[image] http://p', fault: 'notText' } });
    expect(read(text('   '))).toMatchObject({ message: { text: '   ', fault: null } });
    for (const body of ['', '<xml></xml>', '<!DOCTYPE a [<!ENTITY b "c">]><xml><a>&b;</a></xml>'])
      expect(read(body)).toMatchObject({ message: { fault: 'unreadable', text: body } });
    // Without an id it is none of WeChat's; who wrote it does not stand in the words.
    expect(read(text('水', 'x'))).toMatchObject({
      message: { fault: 'unreadable', sender: 'oFollower', text: expect.not.stringContaining('oFollower') },
    });
  });

  test('who follows is greeted; other events are taken and nothing said', () => {
    const event = (name: string) => xml(`<MsgType>event</MsgType><Event>${name}</Event>`);
    const [greeted, gone] = [read(event('subscribe')), read(event('unsubscribe'))];
    expect(greeted).toMatchObject({ kind: 'event', greets: true });
    if (greeted.kind !== 'event' || gone.kind !== 'event') throw new Error('no event');
    expect(greeted.answered('您好', NOW)).toContain('您好');
    expect(gone.answered('您好', NOW)).toBe('success');
  });
});
