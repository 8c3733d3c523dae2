import { bilingual } from '../../words/word-table.ts';

export const CONSULTATION_WORDS = bilingual(
  {
    title: '请教',
    head: '坐席 {agent} 正在请教您：查看案情',
    someone: '（未知）',
    asks: '坐席 {agent} 正在请教您',
    line: '市民拨打',
    since: '通话自',
    kind: '诉求类型',
    type: {
      title: '发给坐席',
      words: '发给坐席的文字，如文号、条款、电话；回车发送，市民看不到',
      send: '发送',
    },
    category: '诉求分类',
    subject: '标题',
    content: '诉求内容',
    saved: '坐席记于 {at}，仍在续写',
    told: {
      nothing: '坐席还没有记下内容，请先听他说明；写下后会出现在这里。',
      confidential: '这是保密诉求，不显示所记内容，请听坐席说明。',
    },
    privacy: '姓名、电话、住址已隐去；通话结束后不再显示，首次查看记入日志。',
    none: '现在没有坐席请教您。',
    noneHint: '坐席拨通您在专家名录中登记的电话后，案情会出现在这里。',
    notExpert: '您的账号没有登记在专家名录中。',
    notExpertHint: '请本单位知识编辑在“知识编写 - 专家名录”中填写您的登录账号。',
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
      nothing: 'The agent has written nothing yet: listen first. What is written appears here.',
      confidential: 'The appeal is confidential: what was written is not shown, the agent tells you.',
    },
    privacy:
      'Names, numbers and addresses are hidden. Nothing is shown after the call, and the first look is on record.',
    none: 'No agent asks you now.',
    noneHint: 'When an agent has you on the telephone that the directory names, the matter appears here.',
    notExpert: 'Your account is not in the directory of experts.',
    notExpertHint: 'Ask an editor of your unit to write your user name under Authoring, Experts.',
  },
);
