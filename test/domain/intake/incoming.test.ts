import { describe, expect, test } from 'vitest';
import { answerWords, greetingWords } from '../../../src/domain/intake/answer-words.ts';
import {
  decideIntake,
  type IncomingMessage,
  JOIN_MS,
  PARK_REASONS,
  quotedNumbers,
  senderKey,
  typeInWords,
} from '../../../src/domain/intake/incoming.ts';

// 诉求受理 (RD-12): what becomes of a message, by what it says and what is known of its sender.

const NOW = Date.UTC(2026, 10, 27, 4);
const message = (over: Partial<IncomingMessage> = {}): IncomingMessage => ({
  ...{ channel: 'sms', messageId: 'm1', sender: '13812345678', text: '门前水管爆裂' },
  ...{ sentAt: NOW, fault: null, ...over },
});
const NOBODY = { quoted: null, latest: null, numberless: null } as const;
const latest = (over: object = {}) => ({
  ...{ ticketId: 't1', state: 'registered', at: NOW - 1000, messages: 1, ...over },
});
const decide = (over: Partial<IncomingMessage> = {}, known: object = {}) =>
  decideIntake(message(over), { ...NOBODY, ...known }, NOW);

describe('a first message', () => {
  test('opens a ticket with the sender’s number; of WeChat with the one that he calls his', () => {
    expect(decide()).toEqual({ kind: 'open', type: 'OTHER', citizenNumber: '13812345678' });
    const wechat = { channel: 'wechat', sender: 'oFollower1' } as const;
    for (const text of [
      '路灯不亮，联系电话13987654321',
      '路灯不亮。我的手机号码是：１３９８７６５４３２１，谢谢',
      '路灯不亮\n联系方式: 139-8765-4321',
      '路灯不亮，请联系我 +86 13987654321。',
      '路灯不亮。本人电话13987654321',
    ])
      expect(decide({ ...wechat, text }), text).toMatchObject({ citizenNumber: '13987654321' });
    // Of whom he complains: that one would read every step.
    for (const text of [
      '我被13987654321诈骗了',
      '我被王某诈骗了，电话13987654321',
      '物业电话13987654321没人接',
      '对方的联系电话：13987654321',
      '联系电话13987654321打不通',
      '骗子说联系我13987654321',
    ])
      expect(decide({ ...wechat, text }), text).toMatchObject({ kind: 'open', citizenNumber: '' });
    expect(decide({ ...wechat, text: '路灯不亮' })).toMatchObject({ kind: 'open', citizenNumber: '' });
    // Nobody knows which of two is his.
    expect(decide({ ...wechat, text: '联系电话13987654321，他的是13987654322' })).toMatchObject({
      citizenNumber: '',
    });
  });

  test.each([
    ['我要投诉楼上装修', 'COMPLAINT'],
    ['咨询：社保卡怎么办', 'ENQUIRY'],
    ['建议在路口装红绿灯，免得有人投诉', 'SUGGESTION'],
    ['门前水管爆裂', 'OTHER'],
    ['楼上装修半夜不停，多次反映无人管，我要投诉', 'OTHER'],
  ])('%s is %s', (text, type) => {
    expect(typeInWords(text)).toBe(type);
  });
});

describe('what cannot become a ticket waits, and says why', () => {
  test.each([
    [{ text: '   ' }, 'empty'],
    [{ text: '。。。！' }, 'empty'],
    [{ text: ' TD ' }, 'stop'],
    [{ text: 'Stop' }, 'stop'],
    [{ text: '退订。' }, 'stop'],
    [{ text: '长'.repeat(10_001) }, 'tooLong'],
    [{ sender: '10086', text: '您的话费余额不足' }, 'sender'],
    [{ fault: 'notText', text: '[image] http://x' }, 'notText'],
    [{ fault: 'unreadable', text: '{' }, 'unreadable'],
  ] as const)('%o: %s', (over, reason) => {
    expect(decide(over)).toEqual({ kind: 'park', reason });
  });

  test('a word that only begins like a stop is an appeal; of the website it is a word', () => {
    expect(decide({ text: 'TD路口积水' }).kind).toBe('open');
    expect(decide({ channel: 'website', text: '退订' }).kind).toBe('open');
    expect(decide({ text: '长'.repeat(10_000) }).kind).toBe('open');
  });

  test('each reason has words for who may be answered', () => {
    for (const reason of PARK_REASONS) {
      const facts = { outcome: 'parked', ticketNumber: null, reason, mainNumber: '12345' } as const;
      expect(answerWords({ ...facts, withoutNumber: false })).toMatch(/^已收到。.+12345。$/);
    }
  });
});

test('nobody is told that what he withdrew was dealt with, nor that a ticket of which nothing is told is not his', () => {
  const said = (reason: 'over' | 'notTheirs') =>
    answerWords({
      ...{ outcome: 'parked', ticketNumber: null, mainNumber: '12345', withoutNumber: false },
      reason,
    });
  expect(said('over')).toContain('该工单已结束');
  expect(said('over')).not.toContain('办结');
  expect(said('notTheirs')).toContain('在这里没有找到');
});

test('who has no number in his ticket is asked for it in words by which it is known as his', () => {
  const opened = { outcome: 'opened', ticketNumber: 'RD1', reason: null, mainNumber: '12345' } as const;
  const asked = answerWords({ ...opened, withoutNumber: true });
  for (const words of [asked, greetingWords('12345')]) {
    const [, called = ''] = /“(.+?)”/.exec(words) ?? [];
    const text = `路灯不亮，${called}13987654321`;
    const open = decide({ channel: 'wechat', sender: 'oFollower1', text });
    expect(open).toMatchObject({ kind: 'open', citizenNumber: '13987654321' });
  }
  expect(answerWords({ ...opened, withoutNumber: false })).not.toContain('电话');
});

describe('a following message', () => {
  test('within three minutes of the last piece it belongs to the same appeal, and at three minutes to none', () => {
    const joined = { kind: 'joined', ticketId: 't1', citizenNumber: '' };
    expect(decide({}, { latest: latest({ at: NOW - JOIN_MS + 1 }) })).toEqual(joined);
    expect(decide({}, { latest: latest({ at: NOW - JOIN_MS }) }).kind).toBe('open');
  });

  test('not to one that is over, not more than twenty pieces, and no form of the website to any', () => {
    expect(decide({}, { latest: latest({ state: 'withdrawn' }) }).kind).toBe('open');
    expect(decide({}, { latest: latest({ messages: 19 }) }).kind).toBe('joined');
    expect(decide({}, { latest: latest({ messages: 20 }) })).toEqual({ kind: 'park', reason: 'tooMany' });
    expect(decide({ channel: 'website' }, { latest: latest() }).kind).toBe('open');
  });

  test('of WeChat brings the number that he calls his own, and no other', () => {
    const piece = (text: string) =>
      decide({ channel: 'wechat', sender: 'oFollower1', text }, { latest: latest() });
    expect(piece('我的电话13987654321')).toMatchObject({ kind: 'joined', citizenNumber: '13987654321' });
    // A bare number may be that of whom he complains.
    for (const text of ['13987654321', '骗子的电话13987654321'])
      expect(piece(text)).toMatchObject({ kind: 'joined', citizenNumber: '' });
    expect(decide({ text: '我的电话13987654321' }, { latest: latest() })).toMatchObject({
      ...{ kind: 'joined', citizenNumber: '' },
    });
  });

  test.each([
    '我的电话13987654321',
    '“我的电话”13987654321',
    '我的电话+13987654321',
    '我的电话加13987654321',
    '“我的电话”加上手机号码13987654321',
    '我的电话+86 139-8765-4321',
    '我的手机号是１３９８７６５４３２１。',
    '您好我的电话13987654321',
    '您好，我的电话：13987654321，谢谢！',
    '我的电话13987654321谢谢',
    'RD20261127-000123我的电话13987654321',
    '编号rd20261127-000123，“我的电话”13987654321',
  ])('of WeChat %s is no appeal: it goes to the ticket that has no telephone, and opens none', (text) => {
    const wechat = { channel: 'wechat', sender: 'oFollower1', text } as const;
    const own = { citizenNumber: '13987654321' };
    const filled = { kind: 'supplemented', ticketId: 't7', ...own };
    expect(decide(wechat, { numberless: 't7' })).toEqual(filled);
    // The one that he writes just now has it already; the other still wants it.
    expect(decide(wechat, { numberless: 't7', latest: latest() })).toEqual(filled);
    const joined = { kind: 'joined', ticketId: 't1', ...own };
    expect(decide(wechat, { numberless: 't1', latest: latest() })).toEqual(joined);
    expect(decide(wechat)).toEqual({ kind: 'park', reason: 'numberOnly' });
    const quoted = { ticketId: 't2', state: 'handling' };
    expect(decide(wechat, { quoted })).toEqual({ kind: 'supplemented', ticketId: 't2', ...own });
  });

  test.each([
    '我的电话13987654321打不通',
    '我的电话13987654321，路灯不亮',
    '骗子说我的电话13987654321',
    '物业电话13987654321',
    '13987654321',
    '我的电话13987654321，或13987654322',
  ])('of WeChat %s says more, or not whose it is: an appeal', (text) => {
    const wechat = { channel: 'wechat', sender: 'oFollower1', text } as const;
    expect(decide(wechat, { numberless: 't7' })).toMatchObject({ kind: 'open' });
  });

  test('that names a ticket supplements it, and opens none where that is not his or is over', () => {
    const quoted = { ticketId: 't2', state: 'handling' };
    expect(decide({}, { quoted, latest: latest() })).toMatchObject({ kind: 'supplemented', ticketId: 't2' });
    expect(decide({}, { quoted: { ...quoted, state: 'closed' } })).toEqual({ kind: 'park', reason: 'over' });
    expect(decide({}, { quoted: 'unknown' })).toEqual({ kind: 'park', reason: 'notTheirs' });
  });

  test.each([
    ['编号RD20261127-000123 又漏了', 'RD20261127-000123'],
    ['ｒｄ２０２６１１２７－０００１２３', 'RD20261127-000123'],
    ['20261101-20261127停水', null],
    ['身份证32062320000101-0011', null],
    ['RD20261127-00012', null],
    ['XRD20261127-0001234567', null],
    ['RD20261127-000123、rd20261127-000123又漏了', 'RD20261127-000123'],
    ['门前水管爆裂', null],
  ])('%s names %s', (text, number) => {
    expect(quotedNumbers(text)).toEqual(number === null ? [] : [number]);
  });
});

test('one telephone is one sender however the gateway writes it; an id of WeChat stays as it is', () => {
  for (const written of [
    '13812345678',
    '+8613812345678',
    '008613812345678',
    '86 138-1234-5678',
    '013812345678',
  ])
    expect([senderKey('sms', written), senderKey('website', written)]).toEqual([
      '13812345678',
      '13812345678',
    ]);
  expect(senderKey('sms', '106575550001')).toBe('106575550001');
  expect(senderKey('wechat', 'o8613812345678')).toBe('o8613812345678');
});
