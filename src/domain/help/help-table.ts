/**
 * An agent in a talk asks his lead (内部求助). Modes:
 *
 *   open       求助中: leads see it, the oldest first
 *   answered   已答复: somebody wrote to him, or came to the call by listening, whispering, joining, taking it over
 *   withdrawn  已撤回: he helped himself · callOver 通话已结束: nobody came in time
 *
 * Who asks again in the same call asks anew; the words of a call stand in one thread.
 */
export const HELP_TABLE = {
  open: {
    answer: ['answered'],
    withdraw: ['withdrawn'],
    callEnded: ['callOver'],
  },
  answered: {},
  withdrawn: {},
  callOver: {},
} as const;

export type HelpState = keyof typeof HELP_TABLE;
export const HELP_STATES = Object.keys(HELP_TABLE) as readonly HelpState[];
export type HelpEvent = keyof (typeof HELP_TABLE)['open'];

/** Where an open request goes. */
export const afterHelp = (event: HelpEvent): HelpState => HELP_TABLE.open[event][0];

/** How a lead answered: in writing, or by coming to the call. */
export const HELP_ANSWERS = ['typed', 'monitor', 'whisper', 'barge', 'takeOver'] as const;
export type HelpAnswer = (typeof HELP_ANSWERS)[number];

export const HELP_LINE_AT_MOST = 500;
