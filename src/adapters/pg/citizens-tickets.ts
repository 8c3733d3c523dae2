/**
 * The ticket `t` is a citizen's appeal, and none that the hotline itself asks of a unit (知识库维护): whatever counts tickets, or
 * learns whose a matter is, asks this.
 */
export const OF_CITIZENS =
  'not exists (select from categories own where own.code = t.category_code and own.internal)';
