/** SQL expressions; a number of a parameter is one. */
interface Line {
  readonly id: string;
  readonly at: string;
  readonly type: string;
  readonly reason: string;
  readonly body: string;
  /** Left out: the program itself. */
  readonly actor?: string;
  /** Left out, both: it moves nothing. */
  readonly fromState?: string;
  readonly toState?: string;
  /** Whose line, and which: those of a ticket whose version was raised for it, unless several are. */
  readonly ticket?: string;
  readonly seq?: string;
}

/**
 * Lines for time lines, as a part of a statement: one for each row of `from`, which has raised the version of its ticket and
 * so has locked it. Several of one ticket come in their order, since each hashes the one before.
 */
export const appendLine = (
  from: string,
  {
    id,
    at,
    type,
    reason,
    body,
    actor = 'null::uuid',
    fromState = 'null::text',
    toState = 'null::text',
    ticket = 'id',
    seq = 'version',
  }: Line,
): string => `
  insert into ticket_events (id, ticket_id, seq, at, actor, from_state, to_state, type, reason, body)
  select ${id}, ${ticket}, ${seq}, ${at}, ${actor}, ${fromState}, ${toState}, ${type}, ${reason}, ${body} from ${from}`;
