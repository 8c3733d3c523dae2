/** error: would lose or misdirect calls, is not published; warning: somebody must decide; notice: good to know. */
export const SEVERITIES = ['error', 'warning', 'notice'] as const;
export type Severity = (typeof SEVERITIES)[number];
