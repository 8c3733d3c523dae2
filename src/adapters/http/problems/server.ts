import type { Problem } from './problem.ts';

/** What we lean on. */
export const SERVER_PROBLEMS = {
  'database.away': {
    status: 503,
    zh: '数据库暂时不可用，请稍后再试',
    en: 'The database is away: try again in a moment',
  },
  'database.contended': {
    status: 503,
    zh: '其他人正同时处理同一内容，这次没有保存，请再试一次',
    en: 'Others were at the same thing each time, and nothing was saved; try again',
  },
  'database.slow': {
    status: 503,
    zh: '查询耗时过长或查询的人过多，请换更具体的说法，或稍后再试',
    en: 'It took too long, or too many ask at once; ask more closely, or try again later',
  },
  'server.stopping': {
    status: 503,
    zh: '服务正在停止，请稍后再试',
    en: 'The server is stopping: try again in a moment',
  },
  'server.defect': {
    status: 500,
    zh: '系统内部错误，已记录；请重试，仍不行请把出错的时刻告知运维人员',
    en: 'A defect of ours, it is in the log: try again, and if it stays tell whoever runs the machine when it was',
  },
} as const satisfies Readonly<Record<string, Problem>>;
