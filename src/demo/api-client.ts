import { randomUUID } from 'node:crypto';

/** What the demo and the tests read of the API's answers; the API sends more. */
export interface AgentSeen {
  readonly agentId: string;
  readonly number: string;
  readonly state: string;
  readonly reason: string | null;
  readonly phoneReachable: boolean;
  readonly callId: string | null;
}
export interface CallSeen {
  readonly id: string;
  readonly arrivedAt: string;
  readonly dialled: string;
  readonly callerNumber: string;
  readonly line: string | null;
  readonly lineName: string | null;
  readonly mode: string | null;
  readonly queue: string | null;
  readonly queuedAt: string | null;
  readonly agentId: string | null;
  readonly agentNumber: string | null;
  readonly talkStartedAt: string | null;
  readonly endedAt: string | null;
  readonly releasedBy: string | null;
  readonly result: string | null;
  readonly outcome: string | null;
  readonly ticketId: string | null;
}
export interface CallDetailSeen extends CallSeen {
  readonly recognisedBy: string | null;
  readonly recorded: boolean;
  readonly legs: readonly {
    readonly agentNumber: string | null;
    readonly number: string | null;
    readonly how: string | null;
  }[];
  readonly facts: readonly {
    readonly seq: number;
    readonly type: string;
    readonly body: Readonly<Record<string, unknown>>;
  }[];
}
export interface TicketSeen {
  readonly id: string;
  readonly number: string;
  readonly callId: string | null;
  readonly type: string;
  readonly acceptedAt: string;
  readonly citizenDueAt: string | null;
  readonly deadlines: readonly {
    readonly clock: string;
    readonly kind: string;
    readonly dueAt: string;
    readonly state: string;
    readonly explanation: {
      readonly rule?: string;
      readonly daySeconds?: number;
      readonly days: readonly { readonly counts: string }[];
    } | null;
  }[];
}
export interface SessionSeen {
  readonly account: { readonly id: string; readonly username: string };
  readonly agent: {
    readonly number: string;
    readonly live: AgentSeen | null;
    readonly phone: {
      readonly name: string;
      readonly secret: string;
      readonly sipAddress: string;
      readonly webSocketAddress: string;
    };
  } | null;
}

/** A refusal, in the API's own words. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(request: string, status: number, problem: { code?: string; title?: string; detail?: string }) {
    super(
      `${request}: ${status} ${problem.code ?? ''} ${problem.title ?? ''} ${problem.detail ?? ''}`.trim(),
    );
    this.status = status;
    this.code = problem.code ?? '';
  }
}

const TIMEOUT_MS = 15_000;

/** One person signed in at the API. */
export class ApiClient {
  readonly #base: string;
  readonly #token: string;

  private constructor(base: string, token: string) {
    this.#base = base;
    this.#token = token;
  }

  static async signIn(base: string, username: string, password: string): Promise<ApiClient> {
    const { token } = await send<{ token: string }>(
      base,
      'POST',
      '/v1/session',
      {},
      { username, password, as: 'token' },
    );
    return new ApiClient(base, token);
  }

  get<T>(path: string): Promise<T> {
    return send<T>(this.#base, 'GET', path, this.#headers());
  }

  /** Each call is a request of its own; what creates something is never done twice by a retry. */
  /** `key` names the wish, for one that is sent again. */
  post<T>(path: string, body?: object, key: string = randomUUID()): Promise<T> {
    return send<T>(this.#base, 'POST', path, { ...this.#headers(), 'idempotency-key': key }, body);
  }

  put<T>(path: string, body: object): Promise<T> {
    return send<T>(this.#base, 'PUT', path, this.#headers(), body);
  }

  async signOut(): Promise<void> {
    await send(this.#base, 'DELETE', '/v1/session', this.#headers());
  }

  #headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}` };
  }
}

async function send<T>(
  base: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
): Promise<T> {
  const response = await fetch(new URL(path, base), {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new ApiRefusal(`${method} ${path}`, response.status, problemOf(text));
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

function problemOf(text: string): { code?: string; title?: string; detail?: string } {
  try {
    return JSON.parse(text) as { code?: string };
  } catch {
    return { detail: text.slice(0, 200) };
  }
}
