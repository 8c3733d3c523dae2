import { bilingual } from '../../../words/word-table.ts';

/** Of which areas have partners and volunteers, and which have none. */
export const COVERAGE_WORDS = bilingual(
  {
    coverage: {
      title: '服务覆盖',
      category: '分类',
      lackingOnly: '只看有缺的',
      sum: '{areas} 个区域，{lacking} 个有缺。上级区域含下级。',
      everywhere: '服务全域的：',
      categories: '涉及分类',
      missing: '缺少',
      and: '、',
      none: '还没有划分区域：请在代码表中登记镇（街道）和村（社区）。',
      noneLacking: '没有缺的：各区域都有加盟店和志愿服务队。取消筛选可看全部。',
    },
  },
  {
    coverage: {
      title: 'Coverage',
      category: 'Category',
      lackingOnly: 'Lacking only',
      sum: '{areas} areas, {lacking} lack something. An area has what lies in it.',
      everywhere: 'Serving all areas:',
      categories: 'Categories',
      missing: 'Lacks',
      and: ', ',
      none: 'There are no areas yet: enter towns and villages in the code lists.',
      noneLacking:
        'None lacks anything: every area has partners and volunteers. Untick the filter to see all.',
    },
  },
);
