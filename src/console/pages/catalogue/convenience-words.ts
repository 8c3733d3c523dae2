import { bilingual } from '../../words/word-table.ts';

/** Of what is counted apart from appeals. */
export const CONVENIENCE_WORDS = bilingual(
  {
    convenience: {
      title: '便民服务分类',
      why: '列在这里的分类（含其下各级）计为便民服务，不计入诉求量；以往时段的数字也随即按此计。',
      asInSample: '尚未指定，按示例分类计。',
      said: '{by} 指定于 {at}',
      add: '添加分类',
      which: '哪个分类',
      addHint: '该分类及其下各级从此计为便民服务，各报表中单列。理由记入日志。',
      removeHint: '该分类及其下各级从此计入诉求量。理由记入日志。',
      none: '没有便民服务分类：全部计为诉求。要单独统计的，请添加分类。',
    },
  },
  {
    convenience: {
      title: 'Convenience services',
      why: 'These categories, and all below them, count as convenience services and not as appeals, in the figures of earlier days too.',
      asInSample: 'Nothing is set yet: the categories of the sample count.',
      said: 'Said by {by} on {at}',
      add: 'Add a category',
      which: 'Which category',
      addHint:
        'It is a convenience service from now on, with all that lies in it, and stands by itself in every report. The reason goes on record.',
      removeHint:
        'It counts among the appeals from now on, with all that lies in it. The reason goes on record.',
      none: 'No category is a convenience service: all are appeals. Add those that are to be counted apart.',
    },
  },
);
