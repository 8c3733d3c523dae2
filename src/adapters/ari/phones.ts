import type { Phone, PhoneProvisioner } from '../../app/ports/phones.ts';
import type { CommandOutcome, PhoneName, SwitchEvent } from '../../app/ports/switch.ts';
import type { Commands } from './commands.ts';
import { type Endpoint, readEndpoint } from './frame.ts';
import { isRecord, list } from './reading.ts';

type Fields = Readonly<Record<string, string>>;
interface SorceryObject {
  readonly kind: 'auth' | 'aor' | 'endpoint';
  readonly fields: Fields;
}

const REFUSED_NAME: CommandOutcome = {
  kind: 'refused',
  reason: 'a phone is named with letters, digits and "-", not with digits alone',
};

/**
 * The agents' phones at the switch: pushed (Asterisk forgets them at its restart), watched, and told when their
 * reachability or their foreign calls change.
 */
export class PhoneBook implements PhoneProvisioner {
  readonly #commands: Commands;
  readonly #app: string;
  readonly #emit: (event: SwitchEvent) => void;
  readonly #isOurs: (channel: string) => boolean;
  /** Events heard of a phone: an answer that was asked for before the latest of them is older than it. */
  readonly #heard = new Map<PhoneName, number>();
  readonly #told = new Map<PhoneName, { reachable: boolean; foreignChannels: number }>();

  constructor(
    commands: Commands,
    app: string,
    emit: (event: SwitchEvent) => void,
    isOurs: (channel: string) => boolean,
  ) {
    this.#commands = commands;
    this.#app = app;
    this.#emit = emit;
    this.#isOurs = isOurs;
  }

  /** Also what makes the switch tell of the phone from now on; so it is asked for after every `up`. */
  async provision(phone: Phone): Promise<CommandOutcome> {
    if (!isPhoneName(phone.name)) return REFUSED_NAME;
    if (!/^[\x21-\x7e]{8,128}$/.test(phone.secret)) {
      return { kind: 'refused', reason: 'a phone secret has 8 to 128 printable characters' };
    }
    const pushed = await this.#push(phone);
    if (pushed.kind !== 'done') return pushed;
    return this.#watch(phone.name);
  }

  async remove(name: PhoneName): Promise<CommandOutcome> {
    if (!isPhoneName(name)) return REFUSED_NAME;
    this.#told.delete(name);
    let last: CommandOutcome = { kind: 'gone' };
    for (const objectType of ['endpoint', 'aor', 'auth']) {
      last = await this.#commands.run(`remove ${objectType}`, (client) =>
        client.asterisk.deleteObject({ configClass: 'res_pjsip', objectType, id: name }),
      );
      if (last.kind === 'unknown') return last;
    }
    this.#emit({ type: 'phone', phone: name, reachable: false });
    return last.kind === 'refused' ? last : { kind: 'done' };
  }

  view(endpoint: Endpoint): { phone: PhoneName; reachable: boolean; foreignChannels: number } {
    return {
      phone: endpoint.name,
      reachable: endpoint.online,
      foreignChannels: endpoint.channels.filter((channel) => !this.#isOurs(channel)).length,
    };
  }

  /** What a snapshot has just told need not be told again. */
  told(endpoint: Endpoint): void {
    this.#told.set(endpoint.name, this.view(endpoint));
  }

  /** An event. */
  changed(endpoint: Endpoint): void {
    this.#heard.set(endpoint.name, (this.#heard.get(endpoint.name) ?? 0) + 1);
    this.#take(endpoint);
  }

  #take(endpoint: Endpoint): void {
    const { phone, reachable, foreignChannels } = this.view(endpoint);
    const before = this.#told.get(phone);
    this.#told.set(phone, { reachable, foreignChannels });
    if (before?.reachable !== reachable) this.#emit({ type: 'phone', phone, reachable });
    if ((before?.foreignChannels ?? 0) !== foreignChannels) {
      this.#emit({ type: 'phoneUse', phone, foreignChannels });
    }
  }

  /** Pushes what differs: replacing an address record that is the same would forget that the phone answers. */
  async #push(phone: Phone): Promise<CommandOutcome> {
    for (const { kind, fields } of objectsOf(phone)) {
      if (await this.#isThere(phone.name, kind, fields)) continue;
      const outcome = await this.#commands.run(`push ${kind}`, (client) =>
        client.asterisk.updateObject({
          configClass: 'res_pjsip',
          objectType: kind,
          id: phone.name,
          fields: { fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })) },
        }),
      );
      if (outcome.kind !== 'done') return outcome;
    }
    return { kind: 'done' };
  }

  async #isThere(id: string, objectType: string, wanted: Fields): Promise<boolean> {
    const answer = await this.#commands.read(`read ${objectType}`, (client) =>
      client.asterisk.getObject({ configClass: 'res_pjsip', objectType, id }),
    );
    const found = new Map(
      list(answer)
        .filter(isRecord)
        .map((one) => [one.attribute, one.value]),
    );
    return (
      found.size > 0 &&
      COMPARED.every((name) => wanted[name] === undefined || found.get(name) === wanted[name])
    );
  }

  async #watch(name: PhoneName): Promise<CommandOutcome> {
    const outcome = await this.#subscribe(name);
    if (outcome.kind !== 'done') return outcome;
    const heard = this.#heard.get(name);
    const now = readEndpoint(
      await this.#commands.read('read phone', (client) =>
        client.endpoints.get({ tech: 'PJSIP', resource: name }),
      ),
    );
    if (now !== null && this.#heard.get(name) === heard) this.#take(now);
    return { kind: 'done' };
  }

  /** The phone's own events only: watching `deviceState:` deadlocks (asterisk#2170), watching all doubles every event. */
  #subscribe(name: PhoneName): Promise<CommandOutcome> {
    return this.#commands.run('watch phone', (client) =>
      client.applications.subscribe({ applicationName: this.#app, eventSource: `endpoint:PJSIP/${name}` }),
    );
  }
}

export function isPhoneName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/.test(name) && !/^\d+$/.test(name);
}

/** By these an object that is already there is recognised as the one that is wanted. */
const COMPARED = [
  'password',
  'username',
  'webrtc',
  'callerid',
  'qualify_frequency',
  'rtp_timeout',
  'rtp_keepalive',
];

function objectsOf(phone: Phone): readonly SorceryObject[] {
  const { name } = phone;
  const shown = phone.displayName
    .replace(/[\p{Cc}"<>\\,;]/gu, ' ')
    .trim()
    .slice(0, 60);
  return [
    { kind: 'auth', fields: { auth_type: 'userpass', username: name, password: phone.secret } },
    {
      kind: 'aor',
      // Asked every five seconds whether it is there: a phone that does not answer gets no calls.
      fields: {
        max_contacts: '1',
        remove_existing: 'yes',
        qualify_frequency: '5',
        qualify_timeout: '2',
        default_expiration: '120',
        minimum_expiration: '30',
        maximum_expiration: '600',
        support_path: 'yes',
      },
    },
    {
      kind: 'endpoint',
      fields: {
        auth: name,
        aors: name,
        context: 'from-phone',
        callerid: `"${shown}" <${name}>`,
        identify_by: 'username,auth_username',
        allow_transfer: 'no',
        allow_subscribe: 'no',
        allow_overlap: 'no',
        direct_media: 'no',
        rtp_symmetric: 'yes',
        force_rport: 'yes',
        rewrite_contact: 'yes',
        device_state_busy_at: '1',
        // A page that was closed, a telephone that lost its power: neither says goodbye in the middle of a call.
        // On a leg that stays up a citizen may be put at any moment: its silence is found out sooner, and is no hold.
        // A page that was closed comes back within seconds, and its agent is rung again.
        rtp_timeout: phone.persistentLeg === true || phone.kind === 'browser' ? '20' : '60',
        rtp_timeout_hold: '600',
        // Nothing is said on a leg that waits: what keeps a firewall's door open, and the phone from giving up.
        rtp_keepalive: phone.persistentLeg === true ? '5' : '0',
        disallow: 'all',
        // The citizen's own codecs and no Opus, also where a browser has it: nothing is transcoded, and a recording in two
        // channels keeps 8 kHz. One frame at 48 kHz moves MixMonitor's rate for the rest of the call, and what it writes
        // side by side then holds a sixth of the sound.
        allow: 'alaw,ulaw',
        ...(phone.kind === 'browser'
          ? { webrtc: 'yes', dtls_auto_generate_cert: 'yes' }
          : { webrtc: 'no', dtmf_mode: 'rfc4733' }),
      },
    },
  ];
}
