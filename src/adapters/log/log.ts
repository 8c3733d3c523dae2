import { type DestinationStream, type Logger, pino } from 'pino';
import { masked } from './masking.ts';

/** The log of one role: JSON lines, constant messages, structured fields, everything masked on its way out. */
export function openLog(
  options: { readonly role: string; readonly level: string },
  destination?: DestinationStream,
): Logger {
  const settings = {
    level: options.level,
    base: { role: options.role, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    // Errors arrive as errors and leave as masked objects; pino's own serializer would run before ours.
    serializers: { err: (error: unknown) => masked(error, 'err') },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => masked(fields) as Record<string, unknown>,
    },
    hooks: {
      logMethod(this: Logger, args: Parameters<Logger['info']>, method: Logger['info']) {
        method.apply(this, args.map((one) => (typeof one === 'string' ? masked(one) : one)) as typeof args);
      },
    },
  } as const;
  return destination === undefined ? pino(settings) : pino(settings, destination);
}
export type { Logger } from 'pino';
