import type { Problem } from './problem.ts';

/** Files that are brought in. */
export const IMPORT_PROBLEMS = {
  'import.fileUnreadable': {
    status: 422,
    zh: '文件无法读取，请另存为 xlsx 或 UTF-8 的 CSV',
    en: 'The file cannot be read; save it as xlsx or CSV in UTF-8',
  },
  'import.tableTwice': {
    status: 422,
    zh: 'csv 和 file 请只给出一项',
    en: 'Give either csv or file, not both',
  },
  'import.fileTooLarge': {
    status: 422,
    zh: '文件太大，请分成几个',
    en: 'The file is too large; divide it',
  },
  'import.unknown': {
    status: 404,
    zh: '没有这次导入，请刷新列表重选',
    en: 'There is no such import: load the list anew and choose again',
  },
  'import.notWaiting': {
    status: 409,
    zh: '这次导入不在等待复核，请刷新看其现在的状态',
    en: 'The import does not wait for anybody: load it anew to see how it stands',
  },
  'import.ownWork': {
    status: 403,
    zh: '须由导入人以外的人复核',
    en: 'You brought it in: leave it to somebody else to look at',
  },
} as const satisfies Record<string, Problem>;
