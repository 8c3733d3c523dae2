import type { EntryContent } from '../../../src/domain/knowledge/entry.ts';

/** What a unit would write, without anything to find fault with. */
export function content(over: Partial<EntryContent> = {}): EntryContent {
  return {
    question: '公积金租房提取一年能取几次',
    otherWays: ['租房子能不能提公积金', '住房公积金付房租怎么取'],
    answer: '一年可以取一次。带身份证和租房合同，到公积金窗口办，也可以在手机上办。',
    message: '租房提取公积金每年一次，带身份证和租房合同到公积金窗口办理。',
    publicText: '',
    internalText: '',
    isPublic: true,
    basis: [
      {
        document: '如东县住房公积金提取办法',
        clause: '第八条',
        link: 'https://www.rudong.gov.cn/gjj/8.html',
      },
    ],
    categories: ['urban.lighting'],
    areas: [],
    lines: [],
    validFrom: '2026-01-01',
    validTo: null,
    attachments: [],
    ...over,
  };
}
