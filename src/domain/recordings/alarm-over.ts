import type { RecordingFault } from './recording-table.ts';

/** As long as a trouble of the switch or the disk must not have come again. */
export const QUIET_MS = 600_000;

/** The recording could not begin: no file will ever turn up, and what is wrong is with the switch or the disk. */
const NEVER_BEGAN: ReadonlySet<RecordingFault> = new Set(['folderMissing', 'diskFull', 'notStarted']);

export interface Trouble {
  readonly state: 'failed' | 'partial';
  readonly fault: RecordingFault;
  readonly raisedMs: number;
  readonly lastMs: number;
}

/**
 * How a trouble may go by itself:
 *
 *   recordsAgain  a conversation that began a while after its last time was stored whole
 *   turnedUp      none that it concerned is still so: their files were found and sealed
 *   never         part of a recording is lost, and nothing brings it back: somebody looks at it
 */
export function goesBy({
  state,
  fault,
}: Pick<Trouble, 'state' | 'fault'>): 'recordsAgain' | 'turnedUp' | 'never' {
  if (state === 'partial') return 'never';
  return NEVER_BEGAN.has(fault) ? 'recordsAgain' : 'turnedUp';
}
