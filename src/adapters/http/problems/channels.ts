import type { Problem } from './problem.ts';

/** Website, text messages and WeChat, as ways by which appeals come. */
export const CHANNELS_PROBLEMS = {
  'channel.off': {
    status: 503,
    zh: '该渠道尚未开通：其密钥未设置或不合要求，请在部署环境中设置（见 variable）后重启',
    en: 'This channel is off, for its secret is missing or too weak: set it in the environment (see variable) and start again',
  },
  'channel.signatureWrong': {
    status: 401,
    zh: '签名不符，请核对两边的密钥，并对原样正文签名',
    en: 'The signature does not fit: compare the secrets, and sign the body as it is sent',
  },
  'channel.stale': {
    status: 401,
    zh: '时间戳与本机相差超过 5 分钟，请校准时钟并重新签名后再发',
    en: 'The timestamp is more than 5 minutes off: set the clock right, sign it anew and send it again',
  },
  'channel.replayed': {
    status: 409,
    zh: '此签名已用于另一条消息，请重新签名后再发',
    en: 'This signature was used for another message: sign it anew and send it again',
  },
  'intake.unknown': {
    status: 404,
    zh: '没有这条来件，请刷新列表后再看',
    en: 'There is no such message: load the list anew',
  },
  'intake.settled': {
    status: 409,
    zh: '这条来件已处理，请刷新列表查看',
    en: 'This message was dealt with already: load the list anew',
  },
} as const satisfies Readonly<Record<string, Problem>>;
