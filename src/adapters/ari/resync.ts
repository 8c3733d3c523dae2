import type { IncomingCall, SwitchSnapshot } from '../../app/ports/switch.ts';
import { isMixedName, ownName } from './bridges.ts';
import type { Commands } from './commands.ts';
import { type Endpoint, readEndpoint } from './frame.ts';
import { CALL_FACTS, readIncoming } from './incoming.ts';
import type { ChannelLedger } from './ledger.ts';
import { isRecord, list, record, text } from './reading.ts';

const AT_ONCE = 16;
/** Asterisk names a channel by its endpoint and a number; a citizen's by that of his trunk. */
const PHONE = /^PJSIP\/(.+)-[0-9a-f]{8}$/;
/** A leg's name begins with its call's, and one that stays up at a phone ends with its own mark; it has no facts of its own, and need not be asked. */
const MADE_BY_US = /^[0-9a-f]{8}-[0-9a-f-]{27}\.|\.k\d+$/;

/** What Asterisk holds now, read whole. `null` when any part of it could not be read: half a picture misleads. */
export interface Picture {
  readonly startedMs: SwitchSnapshot['startedMs'];
  readonly channels: SwitchSnapshot['channels'];
  readonly bridges: SwitchSnapshot['bridges'];
  readonly endpoints: readonly Endpoint[];
  /** Of the bridges those that mix. */
  readonly mixed: ReadonlySet<string>;
  /** Of the channels those that are in the dialplan: sent to have their recording begun, they come back. */
  readonly away: ReadonlySet<string>;
}

export async function readPicture(
  commands: Commands,
  app: string,
  ledger: ChannelLedger,
): Promise<Picture | null> {
  const [application, channels, bridges, endpoints, info] = await Promise.all([
    commands.read('read application', (client) => client.applications.get({ applicationName: app })),
    commands.read('read channels', (client) => client.channels.list({})),
    commands.read('read bridges', (client) => client.bridges.list({})),
    commands.read('read phones', (client) => client.endpoints.listByTech({ tech: 'PJSIP' })),
    commands.read('read status', (client) => client.asterisk.getInfo({ only: 'status' })),
  ]);
  if (application === null || channels === null || bridges === null || endpoints === null) return null;

  const held = new Set(list(record(application).channel_ids).map(text));
  const ours = new Set([...held, ...ledger.ids()]);
  const there = list(bridges)
    .filter(isRecord)
    // Asterisk keeps hidden bridges of its own, for channels that are being dialled.
    .filter((bridge) => text(bridge.bridge_class) === 'stasis')
    .map((bridge) => ({ name: text(bridge.id), channels: list(bridge.channels).map(text) }));
  const names = [...new Set(there.map(({ name }) => ownName(name)))];
  const joined = names.map((bridge) => ({
    bridge,
    channels: there.flatMap(({ name, channels: inside }) => (ownName(name) === bridge ? inside : [])),
  }));
  const bridgeOf = new Map(
    joined.flatMap(({ bridge, channels: inside }) => inside.map((one) => [one, bridge])),
  );

  const present = list(channels)
    .filter(isRecord)
    // In order of arrival: citizens who wait are adopted in the order in which they came.
    .sort((a, b) => Date.parse(text(a.creationtime)) - Date.parse(text(b.creationtime)))
    .map((channel) => ({
      channel: text(channel.id),
      up: text(channel.state) === 'Up',
      phone: PHONE.exec(text(channel.name))?.[1] ?? null,
    }))
    .filter(({ channel }) => ours.has(channel) || MADE_BY_US.test(channel));
  const startedMs = Date.parse(text(record(record(info).status).startup_time));
  return {
    startedMs: Number.isNaN(startedMs) ? null : startedMs,
    channels: await inTurn(present, async ({ channel, up, phone }) => ({
      channel,
      up,
      ...(phone !== null && MADE_BY_US.test(channel) ? { phone } : {}),
      bridge: bridgeOf.get(channel) ?? null,
      incoming: MADE_BY_US.test(channel) ? null : await readFacts(commands, channel),
    })),
    bridges: joined,
    mixed: new Set(there.flatMap(({ name }) => (isMixedName(name) ? [ownName(name)] : []))),
    away: new Set(present.flatMap(({ channel }) => (ours.has(channel) ? [] : [channel]))),
    endpoints: list(endpoints).flatMap((one) => readEndpoint(one) ?? []),
  };
}

/** A few at once: a thousand questions in one moment would each wait for all the others, beyond their time. */
async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done = new Array<R>(all.length);
  const rest = all.entries();
  const worker = async (): Promise<void> => {
    for (const [at, one] of rest) done[at] = await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return done;
}

async function readFacts(commands: Commands, channel: string): Promise<IncomingCall | null> {
  const answer = await commands.read('read call facts', (client) =>
    client.channels.getChannelVar({ channelId: channel, variable: CALL_FACTS }).then(
      (found) => found,
      // A leg of ours has none; that is no failure.
      () => ({ value: '' }),
    ),
  );
  return readIncoming(channel, text(record(answer).value).split(':'));
}
