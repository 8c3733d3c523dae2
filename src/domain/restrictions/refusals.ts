/** Why a number gets nobody, as it stands in the books and as it is read in English. */
export const REFUSALS = {
  limit: (most: string) => ({
    zh: `该号码每小时限 ${most} 次，已满`,
    en: `the number may call ${most} times an hour, and has`,
  }),
  block: () => ({ zh: '该号码已暂停受理', en: 'the number is not served for a time' }),
} as const;
