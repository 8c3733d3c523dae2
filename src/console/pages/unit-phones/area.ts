import type { Area } from '../../area.ts';
import { bilingual } from '../../words/word-table.ts';

export const area: Area = {
  code: 'unitPhones',
  order: 36,
  pages: [
    {
      name: 'unitPhones',
      path: '/unit-phones',
      title: 'title',
      for: ['operator', 'lead', 'admin'],
      beside: 'rules',
      component: () => import('./UnitPhonesPage.vue'),
    },
  ],
  words: bilingual(
    {
      title: '单位话机',
      hint: '承办单位用登记的话机联系诉求人（双方号码互不可见），派单、催办、督办的短信也发到登记的手机。',
      only: '只看此单位',
      none: '还没有登记话机：单位因此不能经平台联系诉求人，也收不到短信。点“登记话机”。',
      add: '登记话机',
      unit: '承办单位',
      number: '号码',
      label: '名称，如办公室',
      notices: '接收派单、催办、督办短信（限手机）',
      leader: '单位负责人，系统催办时抄送（限手机）',
      isNotices: '接收短信',
      isLeader: '负责人',
      remove: '停用',
      removing: '停用后单位不能再用它联系诉求人，也不再收到短信；以往通话的记录保留。',
    },
    {
      title: 'Telephones of units',
      hint: 'From these a unit calls its citizens, neither seeing the other’s number; text messages about dispatches, urging and supervision go to the mobiles among them.',
      only: 'Only this unit',
      none: 'No telephone is entered: no unit can call a citizen through the platform, or gets a message. Press “Enter a telephone”.',
      add: 'Enter a telephone',
      unit: 'Unit',
      number: 'Number',
      label: 'Name, such as office',
      notices: 'Gets messages about dispatches, urging, supervision (mobiles only)',
      leader: 'Head of the unit, who gets a copy when the program urges (mobiles only)',
      isNotices: 'gets messages',
      isLeader: 'head',
      remove: 'Take out of use',
      removing:
        'The unit can call nobody from it any more and gets no messages there; what is on record of earlier calls stays.',
    },
  ),
};
