import { bilingual } from '../../../words/word-table.ts';

/** Of what citizens say and what entries call it. */
export const SYNONYM_WORDS = bilingual(
  {
    synonyms: {
      title: '同义词',
      why: '市民说左边的词，按右边的词查知识和场所；只管一个方向，一秒内对检索生效。',
      add: '添加同义词',
      said: '市民的说法',
      means: '条目中的叫法',
      region: '何地的说法',
      hint: {
        said: '每行一个，土话、旧称、简称、错别字都可以，例如：勒色',
        means: '每行一个，例如：垃圾',
        region: '不写为各地都这样说',
        reason: '删去的词为何不再要，记入日志',
      },
      filter: '按词查',
      count: '共 {n} 条',
      none: '还没有同义词。添加市民的说法，座席照着市民的话就能查到。',
      nothing: '没有含这个词的同义词：改短查询词，或新增一组。',
      removeSure: '删除后，市民再这样说就查不到右边的词。理由记入日志。',
      file: {
        title: '从文件导入',
        export: '导出 CSV',
        hint: '列名：说法、意思、地区（said、means、region）；一栏几个词用分号隔开。先逐行检查；说法相同的行替换原有的，文件里没有的不动。列名可先导出一份对照。',
        checked: '新增 {added} 条，替换 {changed} 条，相同 {same} 条，不合格 {refused} 行。',
        losing: '{n} 条会删去原有的词，写明理由，记入日志',
        go: '导入',
        brought: '已导入：新增 {added} 条，替换 {changed} 条，相同 {same} 条，未收 {refused} 行。',
      },
    },
  },
  {
    synonyms: {
      title: 'Synonyms',
      why: 'Who says what stands at the left finds what stands at the right, not the other way round; from the next second on.',
      add: 'New synonym',
      said: 'Citizens say',
      means: 'Entries say',
      region: 'Said where',
      hint: {
        said: 'One a line: dialect, old and short names, slips',
        means: 'One a line',
        region: 'Nothing: everywhere',
        reason: 'Why words were taken out goes on record',
      },
      filter: 'Find a word',
      count: '{n} in all',
      none: 'There are no synonyms yet. Write down how citizens speak, and agents find by their words.',
      nothing: 'No synonym has this word: shorten it, or add one.',
      removeSure: 'Whoever says it does not find the other words any more. The reason goes on record.',
      file: {
        title: 'From a file',
        export: 'Export CSV',
        hint: 'Columns: said, means, region (or 说法, 意思, 地区); several words of one column with semicolons between them. Each line is checked first; one with the same sayings takes the place of what is there, and what the file lacks stays. Export a table to see the columns.',
        checked: '{added} new, {changed} changed, {same} the same, {refused} lines refused.',
        losing:
          'It takes words out of {n} synonym: say why, for the record | It takes words out of {n} synonyms: say why, for the record',
        go: 'Import',
        brought: 'Imported: {added} new, {changed} changed, {same} the same, {refused} lines left out.',
      },
    },
  },
);
