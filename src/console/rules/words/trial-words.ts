import { bilingual } from '../../words/word-table.ts';

/** Of dialling a number by a version. */
export const TRIAL_WORDS = bilingual(
  {
    try: {
      dialled: '被叫号码',
      forwardedBy: '转移自（呼叫转移的原号码）',
      caller: '主叫号码',
      keys: '在菜单中的按键',
      at: '时刻',
      now: '现在',
      usualTrunk: '默认',
      go: '试拨',
    },
  },
  {
    try: {
      dialled: 'Dialled number',
      forwardedBy: 'Forwarded by (the number that diverts)',
      caller: 'Caller',
      keys: 'Keys in the menu',
      at: 'Moment',
      now: 'now',
      usualTrunk: 'the usual one',
      go: 'Try',
    },
  },
);
