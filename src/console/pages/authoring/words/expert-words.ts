import { bilingual } from '../../../words/word-table.ts';

/** Of the experts whom agents ask in a call. */
export const EXPERT_WORDS = bilingual(
  {
    experts: {
      title: '专家名录',
      add: '登记专家',
      duty: '此刻',
      name: '姓名',
      post: '处室、岗位',
      number: '电话',
      categories: '擅长分类',
      hours: '可接听时间',
      account: '登录账号',
      hint: {
        name: '',
        post: '例如：审批科科长',
        number: '座席一键拨打的外线号码，只写数字',
        hours: '例如：工作日 09:00-11:30 14:00-17:00；不写为不详',
        account: '由热线中心填写：被请教时可在本系统看到案情；须为其单位的账号',
      },
      until: '可接听至 {at}',
      next: '{at} 起可接听',
      state: { open: '可接听', closed: '不在', unknown: '时间不详' },
      none: '还没有登记专家。登记后，座席在通话中可一键咨询，答复会成为知识草稿。',
      removeSure: '移除后座席不再找到这位专家。',
    },
  },
  {
    experts: {
      title: 'Experts',
      add: 'New expert',
      duty: 'Now',
      name: 'Name',
      post: 'Post',
      number: 'Telephone',
      categories: 'Knows about',
      hours: 'Hours',
      account: 'User name',
      hint: {
        name: '',
        post: 'Head of the licensing section',
        number: 'As agents ring it by one key, digits only',
        hours: 'workdays 09:00-11:30 14:00-17:00; nothing: not known',
        account: 'Entered by the centre: with it he sees what he is asked about; an account of his unit',
      },
      until: 'there until {at}',
      next: 'there from {at}',
      state: { open: 'there', closed: 'away', unknown: 'hours unknown' },
      none: 'No expert is registered. Agents ask them by one key in a call, and what they say becomes a draft.',
      removeSure: 'Agents do not find this expert any more.',
    },
  },
);
