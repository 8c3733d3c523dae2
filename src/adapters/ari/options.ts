import { type Tenure, UNCONTESTED } from '../../app/ports/tenure.ts';
import type { AriEndpoint, AriLog } from './session.ts';

export interface AriOptions {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly app: string;
  readonly log: AriLog;
  readonly connectTimeoutMs?: number;
  readonly commandTimeoutMs?: number;
  readonly heartbeatMs?: number;
  readonly silenceMs?: number;
  readonly fencedMs?: number;
  /** Whether this process is the active call control; without a word it is. */
  readonly tenure?: Tenure;
  /** Asterisk gave the application to another process. */
  readonly onReplaced?: () => void;
}

export function endpointOf(options: AriOptions): AriEndpoint {
  return {
    url: options.url,
    user: options.user,
    password: options.password,
    app: options.app,
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    heartbeatMs: options.heartbeatMs ?? 5_000,
    silenceMs: options.silenceMs ?? 10_000,
    tenure: options.tenure ?? UNCONTESTED,
  };
}
