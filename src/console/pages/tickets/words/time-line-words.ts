import { bilingual } from '../../../words/word-table.ts';

/** Of the time line, and of the proof that nobody changed it. */
export const TIME_LINE_WORDS = bilingual(
  {
    lines: '共 {n} 行，逐行以散列相连',
    prove: '核对并导出',
    chainGood: '核对无误：{n} 行的散列前后相连，未被改动。',
    chainBroken: '核对未通过：{n} 行中有缺失或改动，请联系管理员。',
    program: '系统',
  },
  {
    lines: 'Lines: {n}, each chained to the one before by its hash',
    prove: 'Verify and export',
    chainGood: 'Verified: the hashes of {n} lines are unbroken.',
    chainBroken: 'Not verified: of {n} lines some are missing or changed. Tell an administrator.',
    program: 'The program',
  },
);
