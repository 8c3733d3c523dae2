import type { Notice, NoticeFeed, NoticePublisher } from '../../app/live/notices.ts';
import { RedisLink, type RedisLog, readJson } from './connection.ts';

const CHANNEL = 'notices';

export class RedisNoticePublisher implements NoticePublisher {
  readonly #link: RedisLink;
  readonly #log: RedisLog;

  constructor(url: string, log: RedisLog) {
    this.#log = log;
    this.#link = new RedisLink(url, 'command', log);
  }

  async publish(notice: Notice): Promise<void> {
    try {
      await this.#link.client.publish(this.#link.name(CHANNEL), JSON.stringify(notice));
    } catch (err) {
      this.#log.warn(
        { err, kind: notice.kind, ...('ticketId' in notice ? { ticketId: notice.ticketId } : {}) },
        'a notice reached nobody',
      );
    }
  }

  close(): Promise<void> {
    return this.#link.close();
  }
}

export class RedisNoticeFeed implements NoticeFeed {
  readonly #link: RedisLink;
  readonly #listeners = new Set<(notice: Notice) => void>();

  constructor(url: string, log: RedisLog) {
    this.#link = new RedisLink(url, 'subscriber', log);
    this.#link.client.on('message', (_channel, text) => {
      const notice = readJson<Notice>(text);
      if (notice === null) return;
      for (const listener of this.#listeners) listener(notice);
    });
    this.#link.client.on('ready', () => {
      this.#link.client
        .subscribe(this.#link.name(CHANNEL))
        .catch((err: Error) => this.#link.startOver(err, 'could not listen for notices'));
    });
  }

  get ready(): boolean {
    return this.#link.ready;
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    return this.#link.close();
  }
}
