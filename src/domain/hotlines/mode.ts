/**
 * How a number is merged into the hotline (RD-04 to RD-08, 国办发〔2020〕53号). MAIN is the hotline itself; MERGED (整体并入)
 * is cancelled, what still arrives goes to the general desk; SUBCENTER (设分中心) is handed to another centre.
 */
export const MODES = [
  'MAIN',
  'FORWARD',
  'TRANSITION',
  'DEDICATED',
  'PARALLEL',
  'MERGED',
  'SUBCENTER',
] as const;
export type Mode = (typeof MODES)[number];

/**
 * What becomes of a caller whose number's transition is over, once the announcement was heard. `none`, of any mode: the
 * period was taken out or taken back before its time and stands in the register as history alone; nothing speaks for it.
 */
export const AFTER_ENDS = ['connect', 'goodbye', 'none'] as const;
export type AfterEnd = (typeof AFTER_ENDS)[number];
