import type { CommandOutcome } from '../../app/ports/switch.ts';
import { type BridgeLedger, mixedName } from './bridges.ts';
import type { Commands } from './commands.ts';
import type { ChannelLedger } from './ledger.ts';
import { Placements } from './placements.ts';
import type { Picture } from './resync.ts';
import type { Sounds } from './sounds.ts';

/** How long a bridge waits for a channel to come under control. */
const SETTLE_MS = 1_000;
/** As long as a channel may take to leave a bridge; it takes a few milliseconds. */
const PART_MS = 500;
/** As long as one that is being destroyed may still be said to exist. */
const VANISHES_WITHIN_MS = 1_000;
const LOOK_AGAIN_MS = 20;

/** Of a citizen whom we called. */
const CALLED = /\.t\d+$/;

const SOMEBODY = 'somebody';

/**
 * Bridges, and of which kind each is. Two who talk are in a plain one, which passes their packets on as they are. What is
 * recorded of a citizen does not bear that when somebody else comes in his agent's place: MixMonitor goes by the numbers
 * of the packets, and takes those of a telephone that counts from lower on for late, up to eleven minutes long (seen on
 * 22.10.1: silence where the new agent speaks). A mixing bridge makes packets of its own, for half as much processor
 * time again; so a citizen has one from his second agent on, and what is one bridge for us changes its kind under way.
 */
export class TalkBridges {
  readonly #commands: Commands;
  readonly #ledger: ChannelLedger;
  readonly #bridged: BridgeLedger;
  readonly #sounds: Sounds;
  /** Recorded channel -> with whom it has been in a bridge. */
  readonly #voices = new Map<string, Set<string>>();
  readonly #placed = new Placements();
  readonly #mixed = new Set<string>();
  /** Who could not be brought along when a bridge changed its kind: they are in the plain one still. */
  readonly #behind = new Map<string, readonly string[]>();

  constructor(commands: Commands, ledger: ChannelLedger, bridged: BridgeLedger, sounds: Sounds) {
    this.#commands = commands;
    this.#ledger = ledger;
    this.#bridged = bridged;
    this.#sounds = sounds;
  }

  /** Asterisk's name of it at present. */
  actual(bridge: string): string {
    return this.#mixed.has(bridge) ? mixedName(bridge) : bridge;
  }

  async join(bridge: string, channels: readonly string[]): Promise<CommandOutcome> {
    const behind = this.#behind.get(bridge) ?? [];
    const inside = this.#placed.inside(bridge).filter((one) => !channels.includes(one));
    const along = [...this.#mixes(bridge, channels), ...inside.filter((one) => behind.includes(one))];
    for (const channel of channels) this.#placed.put(channel, bridge);
    const name = this.actual(bridge);
    const type = name === bridge ? 'mixing' : 'mixing,video_sfu';
    const make = (): Promise<CommandOutcome> =>
      this.#commands.run('make bridge', (client) => client.bridges.createWithId({ bridgeId: name, type }));
    const [made] = await Promise.all([
      make(),
      // Music that is still on would be all that its channel hears.
      ...channels.flatMap((channel) =>
        this.#sounds.hasMusic(channel) ? [this.#sounds.stopMusic(channel)] : [],
      ),
      ...channels.map((channel) => this.#ledger.settled(channel, SETTLE_MS)),
    ]);
    if (made.kind !== 'done' && made.kind !== 'exists') {
      if (along.length > 0 && behind.length === 0) this.#mixed.delete(bridge);
      return made;
    }
    let joined = await this.#add(name, channels);
    // Asterisk says of a bridge that is being destroyed that it exists, and then that it does not: for some milliseconds,
    // or for longer on a busy machine. One that is there misses a channel, and that has ended.
    const givesUpAt = performance.now() + VANISHES_WITHIN_MS;
    let again: CommandOutcome = made;
    while (again.kind === 'exists' && joined.kind === 'gone' && performance.now() < givesUpAt) {
      if (await this.#isThere(name)) break;
      again = await make();
      if (again.kind !== 'done' && again.kind !== 'exists') break;
      joined = await this.#add(name, channels);
      if (joined.kind === 'gone') await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
    // Who was there already comes along: one of them who has left meanwhile is told by an event.
    const stay: string[] = [];
    let failed: CommandOutcome | null = null;
    for (const channel of along) {
      const outcome = await this.#brought(name, channel);
      if (outcome.kind === 'done') continue;
      stay.push(channel);
      failed = outcome;
    }
    if (failed !== null) {
      // The plain one is all that they have: it stays, and they are brought along with the next who joins.
      this.#behind.set(bridge, stay);
      return failed;
    }
    this.#behind.delete(bridge);
    if (along.length > 0 || behind.length > 0) await this.#destroy(bridge);
    return joined;
  }

  /** Twice, should the first come to nothing. Who is gone while the bridge is there has left the switch. */
  async #brought(name: string, channel: string): Promise<CommandOutcome> {
    let outcome = await this.#add(name, [channel]);
    if (outcome.kind !== 'done') outcome = await this.#add(name, [channel]);
    return outcome.kind === 'gone' && (await this.#isThere(name)) ? { kind: 'done' } : outcome;
  }

  async part(bridge: string, channel: string): Promise<CommandOutcome> {
    const outcome = await this.#commands.run('part', (client) =>
      client.bridges.removeChannel({ bridgeId: this.actual(bridge), channel }),
    );
    if (outcome.kind === 'done') await this.#bridged.parted(bridge, channel, PART_MS);
    if (this.#placed.inside(bridge).includes(channel)) this.#placed.take(channel);
    return outcome;
  }

  async destroy(bridge: string): Promise<CommandOutcome> {
    for (const channel of this.#placed.inside(bridge)) this.#placed.take(channel);
    const mixed = this.#mixed.delete(bridge);
    this.#behind.delete(bridge);
    const plain = await this.#destroy(bridge);
    const outcome = mixed ? await this.#destroy(mixedName(bridge)) : plain;
    if (outcome.kind === 'done') await this.#bridged.parted(bridge, null, PART_MS);
    return outcome;
  }

  /** At a new connection: with whom a citizen who is alone has talked before is not known, and taken for somebody. */
  found({ channels, bridges, mixed }: Pick<Picture, 'channels' | 'bridges' | 'mixed'>): void {
    for (const bridge of mixed) this.#mixed.add(bridge);
    this.#placed.forget();
    for (const { bridge, channels: inside } of bridges) {
      for (const one of inside) {
        this.#placed.put(one, bridge);
        this.#meet(one, inside);
      }
    }
    for (const { channel, up } of channels) {
      if (up && !this.#voices.has(channel)) this.#meet(channel, [SOMEBODY]);
    }
  }

  ended(channel: string): void {
    this.#voices.delete(channel);
    this.#placed.take(channel);
  }

  /** Notes who comes together. Who has to come along when the bridge changes its kind for it. */
  #mixes(bridge: string, channels: readonly string[]): readonly string[] {
    const inside = this.#placed.inside(bridge);
    const all = [...new Set([...inside, ...channels])];
    const many = all.map((one) => this.#meet(one, all)).some((voices) => voices > 1);
    if (!many || this.#mixed.has(bridge)) return [];
    this.#mixed.add(bridge);
    return inside.filter((one) => !channels.includes(one));
  }

  /** How many voices the channel has had beside it, if it is recorded. */
  #meet(channel: string, all: readonly string[]): number {
    if (!this.#ledger.isIncoming(channel) && !CALLED.test(channel)) return 0;
    const voices = this.#voices.get(channel) ?? new Set();
    for (const one of all) if (one !== channel) voices.add(one);
    this.#voices.set(channel, voices);
    return voices.size;
  }

  #add(bridge: string, channels: readonly string[]): Promise<CommandOutcome> {
    return this.#commands.run('join', (client) =>
      client.bridges.addChannel({ bridgeId: bridge, channel: channels.join(',') }),
    );
  }

  async #isThere(name: string): Promise<boolean> {
    const look = this.#commands.run('read bridge', (client) => client.bridges.get({ bridgeId: name }));
    return (await look).kind !== 'gone';
  }

  #destroy(name: string): Promise<CommandOutcome> {
    return this.#commands.run('destroy bridge', (client) => client.bridges.destroy({ bridgeId: name }));
  }
}
