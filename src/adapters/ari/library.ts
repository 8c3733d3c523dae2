import ari from 'ari-client';
import { speakForSwagger, takeBack } from './swagger-net.ts';

speakForSwagger();

/**
 * The one place that imports ari-client. Its published types lack what we use (claims, filters, push configuration),
 * so the operations that we call are named here; the library builds them from Asterisk's own API description.
 */
type Parameters = Readonly<Record<string, unknown>>;
type Operation = (parameters: Parameters) => PromiseLike<unknown>;

export interface AriSocket {
  readonly readyState: number;
  listeners(event: string): unknown[];
  removeAllListeners(event: string): unknown;
  on(event: string, listener: (...args: never[]) => void): unknown;
  ping(): void;
  close(): void;
  terminate(): void;
}

export interface AriClient {
  readonly applications: Record<'get' | 'subscribe' | 'filter', Operation>;
  readonly asterisk: Record<'updateObject' | 'deleteObject' | 'getObject' | 'getInfo', Operation>;
  readonly bridges: Record<
    'list' | 'get' | 'createWithId' | 'addChannel' | 'removeChannel' | 'destroy' | 'record',
    Operation
  >;
  readonly channels: Record<
    | 'list'
    | 'get'
    | 'create'
    | 'dial'
    | 'answer'
    | 'hangup'
    | 'playWithId'
    | 'record'
    | 'startMoh'
    | 'stopMoh'
    | 'mute'
    | 'unmute'
    | 'sendDTMF'
    | 'snoopChannelWithId'
    | 'getChannelVar'
    | 'continueInDialplan',
    Operation
  >;
  readonly endpoints: Record<'listByTech' | 'get', Operation>;
  readonly events: Record<'claimChannel', Operation>;
  readonly playbacks: Record<'stop', Operation>;
  readonly recordings: Record<'getLive' | 'stop', Operation>;
  start(app: string): PromiseLike<unknown>;
  /** Private to the library: the socket, and its mark "closed on purpose", with which it does not reconnect itself. */
  _ws?: AriSocket;
  _wsClosed?: boolean;
  /** Private as well: the description that its operations were made from. */
  readonly _swagger: object;
}

/** Whoever still waits for an answer, or asks from now on, learns that there will be none. */
export const takeBackAll = ({ _swagger }: AriClient): void => takeBack(_swagger);

/** Rejects when Asterisk is not there. Has no timeout of its own. */
export async function loadClient(url: string, user: string, password: string): Promise<AriClient> {
  // swagger-client leaks a global `log` that prints a notice about Asterisk's API version with every connection.
  Reflect.set(globalThis, 'log', () => undefined);
  const client: unknown = await ari.connect(url, user, password);
  return client as AriClient;
}
