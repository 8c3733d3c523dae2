/** Lets whoever else waits in this process have his turn, before a long piece of work goes on. */
export type Pause = () => Promise<void>;
