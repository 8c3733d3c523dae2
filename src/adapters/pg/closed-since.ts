/**
 * Since when ticket `t` is closed, as it is shown. One that is disputed keeps the moment beside it, for when its result stands
 * (`closedAfter`), and is open meanwhile.
 */
export const CLOSED_SINCE = `case when t.state <> 'disputed' then t.closed_at end`;
