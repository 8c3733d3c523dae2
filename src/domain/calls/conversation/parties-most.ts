/** Beside the citizen: as many as still understand each other. */
export const PARTIES_MOST = 9;
