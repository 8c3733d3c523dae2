import { loadavg } from 'node:os';

/** One minute's load of the machine: a figure taken beside other work is not to be held against anybody. */
export const machineLoad = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10;
