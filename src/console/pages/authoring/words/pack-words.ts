import { bilingual } from '../../../words/word-table.ts';

/** Of packs that come with a surge key. */
export const PACK_WORDS = bilingual(
  {
    packs: {
      title: '应急知识包',
      hint: '应急按键开通时，所列条目随即发布并置顶，收回按键时一并撤下。',
      add: '准备知识包',
      none: '还没有应急知识包。可为防汛、停水、雨雪等预先准备。',
      code: '代码',
      codeHint: '小写字母、数字，例如 flood',
      name: '名称',
      entries: '条目（按显示次序）',
      find: '按编号或问法找条目',
      up: '上移',
      count: '{n} 条',
      readiness: {
        told: '已在答复，届时置顶',
        ready: '届时发布并置顶',
        again: '用过，届时再发布',
        notReady: '不能随按键发布：',
      },
      notYet: '尚未生效',
      uses: '历次启用',
      notBegun: '尚未开通',
      ending: { over: '到期结束', released: '按键收回', replaced: '换用另一知识包' },
      removeSure: '删除后应急按键不能再用它，历次启用的记录保留。',
    },
  },
  {
    packs: {
      title: 'Surge packs',
      hint: 'When its surge key opens, its entries are told and come first; they go with the key.',
      add: 'New pack',
      none: 'There is no pack yet. Make one ready for floods, a cut of water, snow.',
      code: 'Code',
      codeHint: 'small letters and digits, such as flood',
      name: 'Name',
      entries: 'Entries, as they are shown',
      find: 'Find an entry by number or words',
      up: 'Up',
      count: '{n} entry | {n} entries',
      readiness: {
        told: 'told already, comes first then',
        ready: 'will be told and come first',
        again: 'told before, will be told again',
        notReady: 'cannot be told with the key:',
      },
      notYet: 'not valid yet',
      uses: 'Uses',
      notBegun: 'not open yet',
      ending: {
        over: 'its time was over',
        released: 'the key was taken back',
        replaced: 'another pack took its place',
      },
      removeSure: 'No surge key can use it any more; what it was used for stays on record.',
    },
  },
);
