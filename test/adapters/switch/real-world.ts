import { randomUUID } from 'node:crypto';
import { expect, inject } from 'vitest';
import { createAriSwitch } from '../../../src/adapters/ari/switch.ts';
import type { PhoneProvisioner } from '../../../src/app/ports/phones.ts';
import type { Media, Switch } from '../../../src/app/ports/switch.ts';
import { Phone } from '../../../src/demo/phone/phone.ts';
import { Citizen, type Dialling } from '../../../src/demo/sipp/citizen.ts';
import { startTestAsterisk, type TestAsterisk } from '../../support/services.ts';
import { AriWire } from './ari-wire.ts';
import { EventLog } from './event-log.ts';
import { type OverLegs, overLegs } from './over-legs.ts';

export const SECRET = 'secret-of-a-phone';

type Times = Pick<
  Parameters<typeof createAriSwitch>[0],
  'fencedMs' | 'commandTimeoutMs' | 'heartbeatMs' | 'silenceMs' | 'connectTimeoutMs' | 'tenure'
>;
/** For who tests what happens when nothing comes: everybody else has the time that the product has. */
export const IMPATIENT = { commandTimeoutMs: 800, heartbeatMs: 200, silenceMs: 700 } as const;

/** One Asterisk, one wire to it, one adapter on the wire; citizens and telephones come and go. */
export class RealWorld {
  readonly asterisk: TestAsterisk;
  readonly wire: AriWire;
  readonly switch: Switch;
  readonly legs: OverLegs;
  /** Heard by who has a leg that stays up. */
  tone: Media | null = null;
  readonly phones: PhoneProvisioner;
  readonly log = new EventLog();
  readonly said: string[] = [];
  readonly #leave: (() => Promise<unknown>)[] = [];

  private constructor(asterisk: TestAsterisk, wire: AriWire, more: Times) {
    this.asterisk = asterisk;
    this.wire = wire;
    const made = this.adapter(wire.url, more);
    this.legs = overLegs(made.switch, () => this.tone);
    this.switch = this.legs.switch;
    this.phones = made.phones;
    this.log.listen(this.switch);
  }

  static async build(asterisk?: TestAsterisk, more: Times = {}): Promise<RealWorld> {
    const mine = asterisk ?? (await startTestAsterisk());
    const world = new RealWorld(mine, await AriWire.lay(mine.ariUrl), more);
    world.switch.setAccepting(true);
    await world.switch.start();
    await world.log.next('up');
    return world;
  }

  adapter(url = this.asterisk.ariUrl, more: Times = {}) {
    const say = (fields: object, message: string): void => {
      this.said.push(`${message} ${JSON.stringify(fields)}`);
    };
    return createAriSwitch({
      url,
      user: this.asterisk.ariUser,
      password: this.asterisk.ariPassword,
      app: this.asterisk.stasisApp,
      log: { info: say, warn: say, error: say },
      ...more,
    });
  }

  async citizen(order: Partial<Dialling> = {}): Promise<Citizen> {
    const citizen = await Citizen.dial({
      sipp: inject('tools').sipp,
      to: { host: '127.0.0.1', port: this.asterisk.sipPort },
      dialled: '12345',
      number: '13800138000',
      ...order,
    });
    this.#leave.push(() => citizen.dispose());
    return citizen;
  }

  /** A telephone that is provisioned, registered and has answered Asterisk's question. */
  async phone(name = `desk-${randomUUID().slice(0, 8)}`): Promise<{ phone: Phone; name: string }> {
    await this.phones.provision({ name, kind: 'desk', secret: SECRET, displayName: '座席' });
    const phone = await Phone.open({
      account: { name, secret: SECRET, registrar: { host: '127.0.0.1', port: this.asterisk.sipPort } },
    });
    this.#leave.push(() => phone.close());
    const from = this.log.mark;
    await phone.register();
    await this.log.next('phone', (event) => event.phone === name && event.reachable, { from });
    return { phone, name };
  }

  /** Everybody goes home. */
  async rest(): Promise<void> {
    for (const leave of this.#leave.splice(0).reverse()) await leave();
    // A SIPp that was killed says no BYE.
    await expect
      .poll(
        async () => {
          const left = await this.switch.snapshot();
          for (const { channel } of left?.channels ?? []) await this.switch.hangup(channel, 'normal');
          for (const { bridge } of left?.bridges ?? []) await this.switch.destroyBridge(bridge);
          return left === null ? null : left.channels.length + left.bridges.length;
        },
        { timeout: 10_000 },
      )
      .toBe(0);
  }

  async demolish(): Promise<void> {
    for (const leave of this.#leave.splice(0)) await leave();
    await this.switch.stop();
    await this.wire.close();
    await this.asterisk.stop();
  }
}
