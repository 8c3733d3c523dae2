import { bilingual } from '../../../words/word-table.ts';

/** Of a unit's calls to the citizen. */
export const CONTACT_WORDS = bilingual(
  {
    call: {
      title: '电话联系',
      citizen: '联系诉求人',
      from: '所用话机',
      noPhone: '本单位尚未登记话机，请联系运营员登记。',
      hint: "先接通所选话机，按 1 后拨打市民；主叫显示 @:{'common.hotlineNumber'}，双方号码互不可见。",
      underWay: '进行中',
      proof: '首次联系凭证',
    },
    called: {
      reached: '已通话',
      busy: '占线',
      noAnswer: '无人接听',
      rejected: '拒接',
      unreachable: '关机或无法接通',
      network: '线路忙',
      lost: '系统中断',
      gaveUp: '中途放弃',
      machine: '语音信箱',
      announcement: '提示音',
      wrongPerson: '非本人接听',
      notPlaced: '单位话机未应答，未呼叫市民',
    },
  },
  {
    call: {
      title: 'Calls to the citizen',
      citizen: 'Call the citizen',
      from: 'Telephone',
      noPhone: 'The unit has no telephone registered. Ask an operator.',
      hint: "The chosen telephone rings first; press 1 and the citizen is called from @:{'common.hotlineNumber'}. Neither sees the number of the other.",
      underWay: 'under way',
      proof: 'proves the first contact',
    },
    called: {
      reached: 'Spoken with',
      busy: 'Busy',
      noAnswer: 'No answer',
      rejected: 'Rejected',
      unreachable: 'Unreachable',
      network: 'Lines full',
      lost: 'Lost by a fault',
      gaveUp: 'Given up',
      machine: 'Answering machine',
      announcement: 'Announcement',
      wrongPerson: 'Wrong person',
      notPlaced: "The unit's telephone did not answer; the citizen was not called",
    },
  },
);
