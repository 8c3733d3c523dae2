import type { HoldingNotice } from '../../domain/agents/notice-hold.ts';
import type { PresenceRules } from '../../domain/agents/presence-rules.ts';
import type { OutboundRules } from '../../domain/callbacks/outbound-rules.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import type { Phone } from './phones.ts';
import type { Transaction } from './transaction.ts';

/** Phones carry secrets, so they travel beside the configuration and never reach a screen or a log. */
export interface PublishedConfiguration {
  readonly configuration: Configuration;
  readonly phones: readonly Phone[];
  /** Beside the configuration: no call's way depends on it. The file of an earlier release has none. */
  readonly presenceRules?: PresenceRules;
  /** Likewise: how the hotline calls out. */
  readonly outboundRules?: OutboundRules;
  /** Likewise: what agents must read before they are ready. */
  readonly holdingNotices?: readonly HoldingNotice[];
}

export interface ConfigurationSource {
  /** Reads the published version; rejects when the database is away. */
  load(): Promise<PublishedConfiguration>;
}
export interface ConfigurationPublisher {
  /** Makes what this transaction changed the next version; call control learns of it by `reloadConfiguration`. */
  publish(tx: Transaction): Promise<number>;
}
/** The last published version on the local disk, for a start while the database is away. Owner-readable only. */
export interface ConfigurationCache {
  read(): Promise<PublishedConfiguration | null>;
  write(published: PublishedConfiguration): Promise<void>;
}
