import type { CommandOutcome, RingRequest, RingTarget } from '../../app/ports/switch.ts';
import { readCentreAddress } from '../../domain/hotlines/centre-address.ts';
import type { Commands } from './commands.ts';
import type { ChannelLedger } from './ledger.ts';
import { isPhoneName } from './phones.ts';
import { record, text } from './reading.ts';

const SETTLE_MS = 500;

/**
 * Rings a leg in two commands: `create` (the channel is ours at once, under our id) and `dial`. Not `originate`, whose
 * channel is ours only when it answers. The caller shown on the phone is the connected line; `dial` is not told the
 * calling channel, because it would put that channel's name in its place.
 */
export async function ringLeg(
  commands: Commands,
  ledger: ChannelLedger,
  app: string,
  request: RingRequest,
): Promise<CommandOutcome> {
  const endpoint = endpointOf(request.target);
  if (endpoint === null)
    return { kind: 'refused', reason: 'the target is neither a phone nor a number nor a centre' };
  if (!/^\+?\d{0,20}$/.test(request.callerNumber)) {
    return { kind: 'refused', reason: 'a caller number has digits only' };
  }
  if (!fitHeaders(request.headers ?? {})) {
    return { kind: 'refused', reason: 'a header is an X- name with up to 400 printable ASCII characters' };
  }
  const { channel } = request;
  const fresh = ledger.add(channel, 'leg', { up: false, inStasis: false });
  const creating = commands.run('create leg', (client) =>
    client.channels.create({
      endpoint,
      app,
      appArgs: 'leg',
      channelId: channel,
      ...(request.originator === null ? {} : { originator: request.originator }),
      variables: {
        ...connectedLine(request),
        ...headerVariables(request.headers ?? {}),
        ...(request.answersItself === true ? headerVariables(ANSWERS_ITSELF) : {}),
      },
    }),
  );
  // Asterisk's own thread tells of the channel while the answer to `create` is still on its way: whichever comes first.
  await Promise.race([creating, ledger.settled(channel, SETTLE_MS)]);
  if (!ledger.isInStasis(channel)) {
    const failure = await notMade(commands, ledger, { channel, fresh, created: await creating });
    if (failure !== null) return failure;
    // Asterisk answers `create` at times before its own thread has the channel, and then does not know it in `dial`.
    await ledger.settled(channel, SETTLE_MS);
  } else if (ledger.isDialled(channel)) return creating;
  ledger.dialled(channel);
  const dialled = await commands.run('dial leg', (client) =>
    client.channels.dial({
      channelId: channel,
      timeout: Math.max(1, Math.ceil(request.ringTimeoutMs / 1000)),
    }),
  );
  const failed = dialled.kind === 'refused' || dialled.kind === 'gone';
  if (failed && (await creating).kind === 'done') {
    // Our own clearing up: it may have rung, and is no call that the agent let ring.
    ledger.asked(channel, 'unknown');
    await commands.run('hang up leg', (client) => client.channels.hangup({ channelId: channel }));
  }
  return dialled;
}

/** Why there is nothing to dial; null when there is. */
async function notMade(
  commands: Commands,
  ledger: ChannelLedger,
  leg: { readonly channel: string; readonly fresh: boolean; readonly created: CommandOutcome },
): Promise<CommandOutcome | null> {
  const { channel, fresh, created } = leg;
  if (created.kind === 'done') return null;
  const found = created.kind === 'exists' ? await stateOf(commands, channel) : null;
  // Asterisk says "exists" also when it could not make the channel at all.
  if (created.kind === 'exists' && found === null) {
    if (fresh) ledger.forget(channel);
    return { kind: 'refused', reason: 'the phone is not reachable' };
  }
  // An earlier try made it and did not come to dial.
  if (found === 'Down' && !ledger.isDialled(channel)) return null;
  if (fresh && (created.kind === 'gone' || created.kind === 'refused')) ledger.forget(channel);
  return created;
}

async function stateOf(commands: Commands, channel: string): Promise<string | null> {
  const found = await commands.read('read leg', (client) => client.channels.get({ channelId: channel }));
  return found === null ? null : text(record(found).state);
}

/** Nothing from a SIP message gets here unchecked: one `&` or `/` too many would dial elsewhere. */
function endpointOf(target: RingTarget): string | null {
  switch (target.kind) {
    case 'phone':
      return isPhoneName(target.phone) ? `PJSIP/${target.phone}` : null;
    case 'number':
      return /^\d{3,20}$/.test(target.number) && isPhoneName(target.trunk)
        ? `PJSIP/${target.number}@${target.trunk}`
        : null;
    case 'centre': {
      const at = readCentreAddress(target.address);
      if (at === null || !isPhoneName(target.trunk)) return null;
      // Built anew from what was read: nothing of the text itself gets in.
      const port = at.port === null ? '' : `:${at.port}`;
      return `PJSIP/${target.trunk}/sip:${at.user}@${at.host}${port}`;
    }
    default:
      return target satisfies never;
  }
}

function connectedLine(request: RingRequest): Readonly<Record<string, string>> {
  const name = request.callerName
    .replace(/[\p{Cc}"<>\\]/gu, ' ')
    .trim()
    .slice(0, 60);
  return {
    'CONNECTEDLINE(name,i)': name,
    'CONNECTEDLINE(num,i)': request.callerNumber,
    'CONNECTEDLINE(pres,i)': request.callerNumber === '' ? 'unavailable' : 'allowed_not_screened',
  };
}

/**
 * What desk telephones take for "answer by yourself, now": Yealink, Grandstream and Fanvil the one, Snom, Polycom and Cisco
 * the other. A telephone has to be set to allow it, most are. In-dialog NOTIFY with `Event: talk` would spare the second
 * INVITE, but Asterisk sends it for AMI's class `system` alone, and who has that starts programs (asterisk-config/manager.conf).
 */
const ANSWERS_ITSELF = {
  'Call-Info': '<sip:hotline>;answer-after=0',
  'Alert-Info': '<http://hotline>;info=alert-autoanswer;delay=0',
} as const;

/** Headers of our own only: none of SIP's can be forged by what an agent types. */
function fitHeaders(headers: Readonly<Record<string, string>>): boolean {
  return Object.entries(headers).every(
    ([name, value]) => /^X-[A-Za-z0-9-]{1,40}$/.test(name) && /^[ -~]{1,400}$/.test(value),
  );
}

const headerVariables = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [`PJSIP_HEADER(add,${name})`, value]));
