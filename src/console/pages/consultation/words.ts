import { bilingual } from '../../words/word-table.ts';

export const CONSULTATION_WORDS = bilingual(
  {
    title: '请教',
    head: '话务员 {agent} 正在请教您：查看案情',
    someone: '（未知）',
    asks: '话务员 {agent} 正在请教您',
    line: '市民拨打',
    since: '通话自',
    kind: '诉求类型',
    type: {
      title: '发给话务员',
      words: '发给话务员的文字，如文号、条款、电话；回车发送，市民看不到',
      send: '发送',
    },
    category: '诉求分类',
    subject: '标题',
    content: '诉求内容',
    saved: '话务员记于 {at}，仍在续写',
    told: {
      nothing:
        '还没有可显示的内容，请听话务员说明：他尚未记下，或这件诉求不显示（保密、匿名、举报，或投诉您的单位及其上级）。',
    },
    privacy:
      '已隐去：号码、证件、车牌，话务员所记的诉求人姓名和地点，写到门牌的住址。其他人的姓名等仍会显示，请勿外传。话务员离开或通话结束后不再显示；您看到文字时记入日志，每分钟一次。',
    unread: '暂时读不到，已收起；恢复后自动显示，请先听话务员说明。',
    none: '现在没有话务员请教您。',
    noneHint: '话务员从专家名录中拨通您后，案情会出现在这里；话务员自己拨号的，不会出现。',
    notExpert: '您的账号没有登记在专家名录中。',
    notExpertHint: '请热线中心的知识运营在“知识编审 - 专家名录”中填写您的登录账号。',
  },
  {
    title: 'Consultation',
    head: 'Agent {agent} asks you: see what it is about',
    someone: '(unknown)',
    asks: 'Agent {agent} asks you',
    line: 'The citizen dialled',
    since: 'Talking since',
    kind: 'Type',
    type: {
      title: 'To the agent',
      words: 'To the agent: a number, an article; Enter sends it, the citizen does not see it',
      send: 'Send',
    },
    category: 'Category',
    subject: 'Title',
    content: 'Appeal',
    saved: 'Written by the agent at {at}, who goes on writing',
    told: {
      nothing:
        'Nothing can be shown yet, listen to the agent: nothing is written, or the appeal is not shown (confidential, anonymous, a report of a violation, or a complaint about your unit or one above it).',
    },
    privacy:
      'Hidden: numbers, identity cards, plates, the name and the place that the agent entered, addresses down to the door. Names of others may stand in it: keep them to yourself. Nothing is shown once the agent has left or the call is over; whenever you see words it is put on record, once a minute.',
    unread: 'It cannot be read now and is put away; it comes back by itself. Listen to the agent meanwhile.',
    none: 'No agent asks you now.',
    noneHint:
      'When an agent has called you out of the directory of experts, the matter appears here; not when he dials by hand.',
    notExpert: 'Your account is not in the directory of experts.',
    notExpertHint: 'Ask a knowledge operator of the centre to enter your user name under Authoring, Experts.',
  },
);
