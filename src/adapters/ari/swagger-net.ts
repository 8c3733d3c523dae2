import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { createRequire } from 'node:module';

/**
 * ari-client speaks HTTP through swagger-client, whose callbacks throw where nobody can catch it: at a description
 * that cannot be read, at an answer that is not JSON, and again after it has told of a failure. Any of them would end
 * our process, and a broken connection is told to nobody. Here all of it becomes the error of that one request. The
 * HTTP itself is Node's own: what the library brings builds a client for each request, which costs more than Asterisk's
 * answer and stands between an agent who hangs up and his next call.
 */
interface Answer {
  readonly url: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly status: number;
  readonly statusText: string;
  readonly data: string;
  /** The answer's JSON; the library reads it from here when it loads the description. */
  readonly obj?: unknown;
}
interface Asked {
  /** Left out: the description itself is read. `takenBack`: it is not sent, and that is its error. */
  readonly line?: Agent | 'takenBack';
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly on: {
    readonly response: (answer: Answer) => unknown;
    readonly error: (answer: Answer) => unknown;
  };
}
type Arguments = Readonly<Record<string, unknown>> & { body?: string };
interface Operation {
  readonly method: string;
  /** Of one description, and so of one connection. */
  readonly resource: { readonly api: object };
  urlify(args: Arguments): string;
}
interface Swagger {
  readonly SwaggerApi: { readonly prototype: { fail(why: string): void } };
  readonly SwaggerOperation: {
    readonly prototype: {
      do(
        this: Operation,
        args: Arguments,
        done: Asked['on']['response'],
        failed: Asked['on']['error'],
      ): unknown;
    };
  };
  readonly authorizations: {
    /** By name; every connection puts a new one in its place. */
    readonly authz: Readonly<Record<string, object>>;
    /** Fills in who asks. */
    apply(asked: { readonly headers: Record<string, string> }): unknown;
  };
  readonly ShredHttpClient: { readonly prototype: { execute(asked: Asked): unknown } };
}

/** Shorter than Asterisk keeps a quiet connection (`session_keep_alive`): it never closes one under a request. */
const IDLE_MS = 30_000;

const ofAriClient = createRequire(createRequire(import.meta.url).resolve('ari-client'));
const JSON_BODY = { 'Content-Type': 'application/json' };
const newLine = (): Agent => new Agent({ keepAlive: true, scheduling: 'lifo', timeout: IDLE_MS });
const descriptions = newLine();
/** By the description that its operations came with. */
const lines = new WeakMap<object, Agent | 'takenBack'>();

function lineOf(api: object): Agent | 'takenBack' {
  const line = lines.get(api) ?? newLine();
  lines.set(api, line);
  return line;
}

/**
 * What was asked by these operations and has no answer is asked no more, and neither is what they are used for from now
 * on. Its time is over for whoever asked, and a cable that was silent would deliver it late, behind all that the next
 * connection has found and set right. Reset: a socket that is only closed still sends what it holds.
 */
export function takeBack(api: object): void {
  const line = lines.get(api);
  lines.set(api, 'takenBack');
  if (line === undefined || line === 'takenBack') return;
  for (const socket of [line.sockets, line.freeSockets].flatMap((byName) => Object.values(byName)).flat()) {
    if (socket === undefined) continue;
    // One that is not there yet has sent nothing.
    if (socket.connecting) socket.destroy();
    else socket.resetAndDestroy();
  }
}

/** Once for the process, before the first connection. */
export function speakForSwagger(): void {
  const swagger = ofAriClient('swagger-client') as Swagger;
  const { SwaggerApi, SwaggerOperation, ShredHttpClient } = swagger;
  SwaggerApi.prototype.fail = function tell(this: { failure?: (why: string) => void }, why): void {
    this.failure?.(why);
  };
  ShredHttpClient.prototype.execute = ask;
  // The library's own way sorts forms, files and four kinds of content for each of a call's dozen commands; Asterisk
  // knows paths, queries and JSON.
  SwaggerOperation.prototype.do = function run(args, response, error) {
    const { body, ...others } = args;
    const headers = { Accept: 'application/json', ...signature(swagger), ...(body && JSON_BODY) };
    const method = this.method.toUpperCase();
    const line = lineOf(this.resource.api);
    ask({ line, url: this.urlify(others), method, headers, ...(body && { body }), on: { response, error } });
    return true;
  };
}

let signed: { readonly by: object; readonly headers: Readonly<Record<string, string>> } | null = null;

/** Kept for as long as it is the same account: the library encodes it anew each time, with a stack trace each time. */
function signature({ authorizations }: Swagger): Readonly<Record<string, string>> {
  const [by = authorizations] = Object.values(authorizations.authz);
  if (signed?.by !== by) {
    const headers: Record<string, string> = {};
    authorizations.apply({ headers });
    signed = { by, headers };
  }
  return signed.headers;
}

function ask({ line = descriptions, url, method, headers, body, on }: Asked): void {
  let told = false;
  const fail = (why: unknown): void => {
    if (told) return;
    told = true;
    const reason = why instanceof Error ? why.message : String(why);
    on.error({ url, method, headers: {}, status: -1, statusText: reason, data: reason });
  };
  if (line === 'takenBack') {
    fail(new Error('the connection was given up'));
    return;
  }
  const sent = httpRequest(url, { method, headers, agent: line }, (response) => {
    const { statusCode: status = 0, statusMessage: statusText = '' } = response;
    let data = '';
    response.setEncoding('utf8');
    response.on('data', (part: string) => {
      data += part;
    });
    response.on('error', fail);
    response.on('end', () => {
      if (told) return;
      try {
        const about = { url, method, headers: response.headers, status, statusText, data };
        const answer = isJson(response.headers)
          ? { ...about, obj: data === '' ? {} : JSON.parse(data) }
          : about;
        if (status >= 400) on.error(answer);
        else on.response(answer);
        told = true;
      } catch (error) {
        // What the library makes of the answer, or the answer itself.
        fail(error);
      }
    });
  });
  sent.on('error', fail);
  sent.end(body);
}

const isJson = (headers: IncomingHttpHeaders): boolean => /[/+]json/.test(headers['content-type'] ?? '');
