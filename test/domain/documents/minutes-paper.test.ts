import { expect, test } from 'vitest';
import { minutesPaper, type PaperMinutes } from '../../../src/domain/documents/minutes-paper.ts';

const HEAD = {
  ...{ municipality: '如东县', mainNumber: '12345', number: '如东热线纪〔2026〕1号', date: '2026年10月13日' },
  watermark: null,
};
const MINUTES: PaperMinutes = {
  ...{ number: 'RDHY20261012-0001', topic: '井盖归属', held: '2026年10月12日 08:00', place: '三楼会议室' },
  ...{ chair: '副县长', tickets: ['RD20261010-000001'], text: '经协商，形成以下意见。\n\n会议强调先处置。' },
  participants: [
    { unit: '自来水公司', position: '井盖属供电' },
    { unit: '供电公司', position: ' ' },
  ],
  decisions: [
    {
      words: '供电井盖由供电公司负责',
      responsible: { ticket: 'RD20261010-000001', lead: '供电公司', assists: ['自来水公司'] },
    },
    { words: '今后先处置后定责。', responsible: null },
  ],
  tasks: [
    { unit: '供电公司', task: '更换井盖', due: '2026年10月15日' },
    { unit: '城管局', task: '核查同类井盖。', due: '2026年10月20日' },
  ],
  confidential: false,
};
const texts = (minutes: PaperMinutes) =>
  minutesPaper(HEAD, minutes).blocks.map((block) =>
    block.kind === 'table' ? block.rows.map((row) => row.join('：')).join('\n') : block.text,
  );

test('minutes on paper: who sat there, what was said and decided, who does what until when, in the form of the house', () => {
  expect(minutesPaper(HEAD, MINUTES)).toMatchObject({
    issuer: '如东县12345政务服务便民热线',
    title: '关于井盖归属的会议纪要',
    addressee: '自来水公司、供电公司',
    copies: ['城管局'],
    marks: [],
  });
  expect(texts(MINUTES)).toEqual([
    [
      '会议编号：RDHY20261012-0001',
      '时间：2026年10月12日 08:00',
      '地点：三楼会议室',
      '主持人：副县长',
      '参加单位：自来水公司、供电公司',
      '议及工单：RD20261010-000001',
    ].join('\n'),
    '一、会议情况',
    '经协商，形成以下意见。',
    '会议强调先处置。',
    '二、各方意见',
    '自来水公司：井盖属供电。',
    '三、议定事项',
    '（1）供电井盖由供电公司负责。RD20261010-000001号工单由供电公司主办，自来水公司协办。',
    '（2）今后先处置后定责。',
    '四、任务分工',
    '供电公司：更换井盖。（2026年10月15日前办结）\n城管局：核查同类井盖。（2026年10月20日前办结）',
  ]);
});

test('what there was none of has no heading, and the numerals have no gap; what is confidential says so', () => {
  const bare = { ...MINUTES, participants: [], decisions: [] };
  expect(texts(bare).filter((text) => /^[一二三四]、/.test(text))).toEqual(['一、会议情况', '二、任务分工']);
  expect(minutesPaper(HEAD, bare)).toMatchObject({ addressee: '各有关单位', copies: ['供电公司', '城管局'] });
  expect(minutesPaper(HEAD, { ...MINUTES, confidential: true }).marks).toEqual(['内部保密']);
});
