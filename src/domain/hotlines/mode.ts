/** How a number is merged into the hotline (RD-04 to RD-08, 国办发〔2020〕53号). MAIN is the hotline itself. */
export const MODES = ['MAIN', 'FORWARD', 'TRANSITION', 'DEDICATED', 'PARALLEL'] as const;
export type Mode = (typeof MODES)[number];
