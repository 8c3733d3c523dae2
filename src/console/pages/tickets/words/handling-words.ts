import { bilingual } from '../../../words/word-table.ts';

/** What a unit says of its work before the result: how it means to do it, and how far it is. */
export const HANDLING_WORDS = bilingual(
  {
    handling: {
      title: '办理情况',
      approach: '处理方式',
      progress: '办理进展',
      none: '尚未说明',
      say: { approach: '说明处理方式', progress: '记录进展' },
      placeholder: '处理方式：打算如何办理；办理进展：已做了什么、下一步是什么',
    },
    photo: { title: '现场照片', add: '添加照片', tooLarge: '照片不能超过 5 MB。' },
  },
  {
    handling: {
      title: 'Handling',
      approach: 'Approach',
      progress: 'Progress',
      none: 'Not told yet',
      say: { approach: 'Set the approach', progress: 'Note progress' },
      placeholder: 'Approach: how it is to be handled. Progress: what was done, and what comes next',
    },
    photo: { title: 'Photos', add: 'Add a photo', tooLarge: 'A photo has 5 MB at most.' },
  },
);
