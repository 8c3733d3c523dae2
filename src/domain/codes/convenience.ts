/**
 * 便民服务 (JY-05, JY-07): what citizens want for their daily life, a plumber or a shop that is open. Under which categories it
 * stands the town says; until it does, under this one of the sample. It is counted by itself: at ten thousand such calls a month
 * no figure of appeals would say anything beside them.
 */
export const CONVENIENCE_IN_SAMPLE = 'convenience';
