import { createRequire } from 'node:module';

/**
 * ari-client speaks HTTP through swagger-client, whose callbacks throw where nobody can catch it: at a description
 * that cannot be read, at an answer that is not JSON, and again after it has told of a failure. Any of them would end
 * our process, and a broken connection is told to nobody. Here all of it becomes the error of that one request.
 */
interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly data: string;
}
type Told = Record<string, (answer: unknown) => unknown>;
interface HttpRequest {
  on: Told;
}
interface HttpClient {
  isInitialized: boolean;
  initShred(): void;
  readonly shred: { request(request: HttpRequest): unknown };
}
interface Swagger {
  readonly SwaggerApi: { readonly prototype: { fail(why: string): void } };
  readonly ShredHttpClient: {
    readonly prototype: { execute(this: HttpClient, request: HttpRequest): unknown };
  };
}

const ofAriClient = createRequire(createRequire(import.meta.url).resolve('ari-client'));

/** Once for the process, before the first connection. */
export function catchWhatSwaggerThrows(): void {
  const { SwaggerApi, ShredHttpClient } = ofAriClient('swagger-client') as Swagger;
  SwaggerApi.prototype.fail = function tell(this: { failure?: (why: string) => void }, why): void {
    this.failure?.(why);
  };
  const execute = ShredHttpClient.prototype.execute;
  ShredHttpClient.prototype.execute = function guarded(this: HttpClient, request): unknown {
    const told = request.on;
    let failed = false;
    const fail = (why: unknown): void => {
      if (failed) return;
      failed = true;
      const reason = why instanceof Error ? why.message : String(why);
      const answer: Answer = { status: -1, statusText: reason, data: reason };
      told.error?.(answer);
    };
    if (!this.isInitialized) this.initShred();
    const { shred } = this;
    const send = shred.request.bind(shred);
    shred.request = (sent) => {
      const on: Told = { ...sent.on, request_error: fail };
      for (const [name, handler] of Object.entries(sent.on)) {
        on[name] = (answer) => {
          try {
            return handler(answer);
          } catch (error) {
            fail(error);
            return undefined;
          }
        };
      }
      sent.on = on;
      return send(sent);
    };
    return execute.call(this, request);
  };
}
