// What the books hold of a call, as far as timing leaves no freedom: what happened, to whom, in which order, and how it ended.

interface Told {
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Facts that are compared, with the fields that mean the same in every world. */
const COMPARED: Readonly<Record<string, readonly string[]>> = {
  callArrived: ['dialled'],
  callPlaced: ['purpose'],
  callRecognised: ['line', 'mode'],
  queueEntered: ['queue'],
  queueLeft: ['queue', 'how'],
  callbackPromised: ['queue'],
  placeKept: [],
  legRang: ['leg', 'agentId'],
  legAnswered: ['leg'],
  legEnded: ['leg', 'how', 'by'],
  talkStarted: ['leg', 'agentId'],
  citizenHeld: ['why', 'by'],
  citizenResumed: [],
  consulted: ['leg', 'by'],
  swapped: ['by'],
  transferred: ['how', 'by'],
  partyJoined: ['leg', 'kind', 'agentId', 'how', 'by'],
  muted: ['leg', 'by'],
  unmuted: ['leg', 'by'],
  digitsSent: ['leg', 'count', 'by'],
  emergencyCalled: ['desk', 'by'],
  emergencyAccepted: ['desk', 'by'],
  listenedIn: ['by', 'how'],
  bridgeOpened: ['list', 'by'],
  dutyConfirmed: ['leg'],
  bridgeOver: ['list', 'how', 'by'],
  citizenDialled: ['outcome'],
  rating: ['agentId', 'how', 'grade'],
  callEnded: ['releasedBy', 'result'],
};

/** Ids of agents by work number, of legs by their kind: their numbers go by the clock of the process that made them. */
function shown(name: string, value: unknown, numbers: ReadonlyMap<string, string>): string {
  if (name === 'leg') return /\.([a-z])\d*$/.exec(String(value))?.[1] ?? String(value);
  return typeof value === 'string' ? (numbers.get(value) ?? value) : String(value ?? '-');
}

export function storyOf(facts: readonly Told[], numbers: ReadonlyMap<string, string>): readonly string[] {
  return facts.flatMap(({ type, body }) => {
    const fields = COMPARED[type];
    if (fields === undefined) return [];
    return [[type, ...fields.map((name) => shown(name, body[name], numbers))].join(' ')];
  });
}
