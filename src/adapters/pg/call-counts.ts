/** What a citizen asked of the hotline; calls that it makes itself stand in no figure of calls. */
export const INBOUND = "c.direction = 'inbound'";

/** Never null, so that it can be negated. */
export const ANSWERED = `(c.talk_started_at is not null
  or coalesce(c.result in ('answeredByAgent', 'answeredByUnit', 'answeredByCentre'), false))`;

/** The columns of `CallCounts` over rows of `result`, `outcome`, `answered`: the same words wherever calls are counted. */
export const COUNTS = `count(*)::int as arrived,
    (count(*) filter (where answered))::int as answered,
    (count(*) filter (where answered and outcome = 'answeredOnSpot'))::int as "onSpot",
    (count(*) filter (where answered and outcome = 'ticket'))::int as tickets,
    (count(*) filter (where answered and outcome = 'invalid'))::int as invalid,
    (count(*) filter (where answered and outcome is null))::int as open,
    (count(*) filter (where not answered and result = 'abandoned'))::int as abandoned,
    (count(*) filter (where not answered and result = 'refused'))::int as refused,
    (count(*) filter (where not answered and result = 'lost'))::int as lost,
    (count(*) filter (where not answered and result = 'informed'))::int as informed,
    (count(*) filter (where not answered and result = 'messageLeft'))::int as messages,
    (count(*) filter (where not answered and result = 'callbackPromised'))::int as callbacks,
    (count(*) filter (where not answered and result is null))::int as "underWay"`;

/** From the first instant of one local day to the last of another, as a range of instants that an index serves. */
export const betweenDays = (column: string, from: string, to: string): string => `
  ${column} >= (${from}::date)::timestamp at time zone (select time_zone from municipality)
  and ${column} < (${to}::date + 1)::timestamp at time zone (select time_zone from municipality)`;

/** The local day of an instant. */
export const localDay = (column: string): string =>
  `(${column} at time zone (select time_zone from municipality))::date`;
