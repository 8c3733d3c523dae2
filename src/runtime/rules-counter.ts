import { Setback } from './setback.ts';

const TIMEOUT_MS = 60_000;

interface Problem {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly {
    readonly field: string;
    readonly message: string;
    readonly expected: string;
  }[];
}

/** The API as an operator at a terminal uses it: the same rights and the same history as on a screen. */
export class RulesCounter {
  readonly #base: string;
  readonly #token: string;

  private constructor(base: string, token: string) {
    this.#base = base;
    this.#token = token;
  }

  static async signIn(base: string, username: string, password: string): Promise<RulesCounter> {
    const { token } = await ask<{ token: string }>(base, 'POST', '/v1/session', null, {
      username,
      password,
      as: 'token',
    });
    return new RulesCounter(base, token);
  }

  get<T>(path: string): Promise<T> {
    return ask<T>(this.#base, 'GET', `/v1/rules${path}`, this.#token);
  }
  trunks<T>(path: string): Promise<T> {
    return ask<T>(this.#base, 'GET', `/v1/trunks${path}`, this.#token);
  }
  post<T>(path: string, body?: object): Promise<T> {
    return ask<T>(this.#base, 'POST', `/v1/rules${path}`, this.#token, body);
  }
  /** Beside the rules: what is called for by its whole path. */
  read<T>(path: string): Promise<T> {
    return ask<T>(this.#base, 'GET', `/v1${path}`, this.#token);
  }
  send<T>(path: string, body: object): Promise<T> {
    return ask<T>(this.#base, 'POST', `/v1${path}`, this.#token, body);
  }
  upload<T>(path: string, audio: Uint8Array): Promise<T> {
    return ask<T>(this.#base, 'POST', `/v1${path}`, this.#token, audio);
  }
  async leave(): Promise<void> {
    await ask(this.#base, 'DELETE', '/v1/session', this.#token);
  }
}

/** JSON as its value, anything else as its text. */
async function ask<T>(
  base: string,
  method: string,
  path: string,
  token: string | null,
  body?: object | Uint8Array,
): Promise<T> {
  const isAudio = body instanceof Uint8Array;
  let response: Response;
  try {
    response = await fetch(new URL(path, base), {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': isAudio ? 'audio/wav' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isAudio ? new Uint8Array(body) : JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new Setback(
      'rules.noApi',
      `The API at ${base} does not answer.`,
      'Start the instance (npm start -- --detach), or name another with --api or --port-base.',
      { cause },
    );
  }
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  if (response.ok) return (isJson ? JSON.parse(text) : text) as T;
  const problem: Problem = isJson ? (JSON.parse(text) as Problem) : { title: text.slice(0, 200) };
  const faults = (problem.errors ?? []).map(
    ({ field, message, expected }) => `${field}: ${message} ${expected}`,
  );
  const told = [problem.detail ?? '', ...faults, ...Object.entries(problem.data ?? {}).map(datum)];
  throw new Setback(
    problem.code ?? 'rules.refused',
    `${problem.title ?? 'refused'} (${problem.code ?? response.status})`,
    told.filter((line) => line !== '').join('\n'),
  );
}

function datum([name, value]: [string, unknown]): string {
  if (!Array.isArray(value)) return `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`;
  const rows = value.map((one) => `  ${typeof one === 'object' ? JSON.stringify(one) : one}`);
  return [`${name}:`, ...rows].join('\n');
}
