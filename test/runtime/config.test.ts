import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.ts';
import { openChannels } from '../../src/roles/intake-channels.ts';

const ENOUGH = {
  DATABASE_URL: 'postgres://a:b@localhost/c',
  REDIS_URL: 'redis://localhost',
  DATA_DIR: '/tmp/x',
  ASTERISK_ARI_PASSWORD: 'x',
  ASTERISK_AMI_SECRET: 'x',
};
const clock = (env: Record<string, string>) => readConfig({ ...ENOUGH, ...env }).rulesFromMs;
const refusal = (env: Record<string, string>): string => {
  try {
    clock(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
};

test('time is not compressed unless somebody says so, in one word', () => {
  const of = (env: Record<string, string>) => readConfig({ ...ENOUGH, ...env }).compressedTime;
  expect(of({})).toBe('off');
  expect(of({ COMPRESSED_TIME: 'on' })).toBe('on');
  expect(() => of({ COMPRESSED_TIME: 'yes' })).toThrow(
    'COMPRESSED_TIME is "yes"; it must be one of off, on.',
  );
});

test('without a training clock the rules go by the true time, in production too', () => {
  expect(clock({})).toBeNull();
  expect(clock({ TRAINING_CLOCK: ' ', NODE_ENV: 'production' })).toBeNull();
});

test('a training clock is a moment with its offset', () => {
  expect(clock({ TRAINING_CLOCK: '2026-12-31T23:59:00+08:00' })).toBe(Date.UTC(2026, 11, 31, 15, 59));
  for (const wrong of ['tomorrow', '2026-12-31', '2026-12-31T23:59', '2026-13-31T23:59:00Z', '1767196740']) {
    expect(refusal({ TRAINING_CLOCK: wrong })).toBe(
      `TRAINING_CLOCK is "${wrong}"; it must be a moment with its offset, such as 2026-12-31T23:59:00+08:00.`,
    );
  }
});

test('in production a training clock is refused, unless somebody says so in so many words', () => {
  const env = { TRAINING_CLOCK: '2026-12-31T23:59:00+08:00', NODE_ENV: 'production' };
  expect(refusal(env)).toContain('TRAINING_CLOCK_IN_PRODUCTION=yes');
  expect(refusal({ ...env, TRAINING_CLOCK_IN_PRODUCTION: 'true' })).toContain('in production');
  expect(clock({ ...env, TRAINING_CLOCK_IN_PRODUCTION: 'yes' })).not.toBeNull();
});

test('the switch has the first trunk, and those that TRUNKS names', () => {
  expect(readConfig(ENOUGH).trunks).toEqual(['carrier']);
  expect(readConfig({ ...ENOUGH, TRUNKS: ' water, mobile,' }).trunks).toEqual(['carrier', 'water', 'mobile']);
});

test('what the rules of calling out begin with: nothing, or what is said; a desk that cannot be read is named', () => {
  expect(readConfig(ENOUGH).firstOutbound).toEqual({ trunk: null, emergencyDesks: null });
  const said = { ...ENOUGH, OUTSIDE_TRUNK: 'mobile', EMERGENCY_DESKS: '120=051384120120:急救' };
  expect(readConfig(said).firstOutbound).toEqual({
    trunk: 'mobile',
    emergencyDesks: [{ desk: '120', name: '急救', number: '051384120120' }],
  });
  expect(refusal({ ...ENOUGH, EMERGENCY_DESKS: '120:急救' })).toContain('EMERGENCY_DESKS has "120:急救"');
});

test('messages leave for a gateway over https, or in the clear on this very machine alone', () => {
  const env = (url: string) => ({
    DATABASE_URL: 'postgres://x@127.0.0.1/x',
    REDIS_URL: 'redis://127.0.0.1',
    DATA_DIR: '/x',
    ASTERISK_ARI_PASSWORD: 'x',
    ASTERISK_AMI_SECRET: 'x',
    MESSAGE_WEBHOOK_URL: url,
    MESSAGE_WEBHOOK_SECRET: 'sixteen characters at least',
  });
  for (const url of [
    'https://sms.example.cn/send',
    'http://127.0.0.1:9/x',
    'http://[::1]:9/',
    'http://localhost/x',
  ]) {
    expect(readConfig(env(url)).messages.webhook?.url).toContain('/');
  }
  for (const url of ['http://sms.example.cn/send', 'http://10.0.0.3/', 'http://127.0.0.1.example.cn/']) {
    expect(() => readConfig(env(url))).toThrow('MESSAGE_WEBHOOK_URL must be https:');
  }
  const page = (VISIT_PAGE_URL: string) => () =>
    readConfig({ ...env('http://127.0.0.1/x'), VISIT_PAGE_URL }).messages.visitPage;
  expect(page('')()).toBeNull();
  expect(page('https://12345.example.cn/v')()).toBe('https://12345.example.cn/v');
  for (const fault of ['ftp://x/', 'https://x.cn/#v', `https://x.cn/${'v'.repeat(100)}`]) {
    expect(page(fault)).toThrow('VISIT_PAGE_URL');
  }
});

test('a channel by which appeals come is off until its secret is given, and with a weak one', () => {
  const channels = (over: Record<string, string>) =>
    readConfig({
      ...{ DATABASE_URL: 'postgres://x@127.0.0.1/x', REDIS_URL: 'redis://127.0.0.1', DATA_DIR: '/x' },
      ...{ ASTERISK_ARI_PASSWORD: 'x', ASTERISK_AMI_SECRET: 'x', ...over },
    }).channels;
  const off = { smsSecret: null, wechatToken: null, unfit: [] };
  expect(channels({})).toEqual(off);
  expect(channels({ SMS_INTAKE_SECRET: ' ', WECHAT_TOKEN: '' })).toEqual(off);
  const SMS_INTAKE_SECRET = 'sixteen characters at least';
  expect(channels({ SMS_INTAKE_SECRET, WECHAT_TOKEN: 'TokenOf16Letters' })).toEqual({
    ...{ smsSecret: SMS_INTAKE_SECRET, wechatToken: 'TokenOf16Letters', unfit: [] },
  });
  // Every role reads these: one that threw would stop the telephone for the sake of a side door.
  expect(channels({ SMS_INTAKE_SECRET: 'fifteen letters', WECHAT_TOKEN: 'TokenOf16Letters' })).toMatchObject({
    ...{ smsSecret: null, wechatToken: 'TokenOf16Letters' },
    unfit: [{ variable: 'SMS_INTAKE_SECRET', wanted: expect.stringContaining('16') }],
  });
  for (const WECHAT_TOKEN of ['Token123', 'TokenOf15Letter', 'Token-of-16-letters', 'x'.repeat(33)])
    expect(channels({ SMS_INTAKE_SECRET, WECHAT_TOKEN })).toMatchObject({
      ...{ smsSecret: SMS_INTAKE_SECRET, wechatToken: null, unfit: [{ variable: 'WECHAT_TOKEN' }] },
    });
});

test('a channel that stays off for its secret is told of in the log, and its secret is not', () => {
  const said: unknown[] = [];
  const log = { error: (fields: object, words: string) => said.push({ ...fields, words }) };
  const { channels } = readConfig({
    ...{ DATABASE_URL: 'postgres://x@127.0.0.1/x', REDIS_URL: 'redis://127.0.0.1', DATA_DIR: '/x' },
    ...{ ASTERISK_ARI_PASSWORD: 'x', ASTERISK_AMI_SECRET: 'x', WECHAT_TOKEN: 'yht12345' },
    SMS_INTAKE_SECRET: 'sixteen characters at least',
  });
  expect(openChannels(channels, log)).toMatchObject({ sms: expect.anything(), wechat: null });
  expect(said).toMatchObject([{ variable: 'WECHAT_TOKEN', words: expect.stringContaining('stays off') }]);
  expect(JSON.stringify(said)).not.toContain('yht12345');
});
