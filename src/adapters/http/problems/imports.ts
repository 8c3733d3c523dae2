import type { Problem } from './problem.ts';

/** Files that are brought in. */
export const IMPORT_PROBLEMS = {
  'import.fileUnreadable': {
    status: 422,
    zh: '文件无法读取，请另存为 xlsx 或 UTF-8 的 CSV',
    en: 'The file cannot be read; save it as xlsx or CSV in UTF-8',
  },
  'import.fileTooLarge': {
    status: 422,
    zh: '文件太大，请分成几个',
    en: 'The file is too large; divide it',
  },
} as const satisfies Record<string, Problem>;
