/**
 * The ticket `t` is a citizen's appeal, and none that the hotline itself asks of a unit (知识库维护): whatever counts tickets, or
 * learns whose a matter is, asks this.
 */
export const OF_CITIZENS =
  'not exists (select from categories own where own.code = t.category_code and own.internal)';

/** Its time is real: what shows how the hotline works (压缩时间) is counted by nobody and teaches nothing. */
export const REAL = 't.day_seconds is null';
/** What figures count. */
export const COUNTED_APPEAL = `${OF_CITIZENS} and ${REAL}`;
/** The same of a row that names its ticket. */
export const ofReal = (ticketId: string): string =>
  `not exists (select from tickets show where show.id = ${ticketId} and show.day_seconds is not null)`;
