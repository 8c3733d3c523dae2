/** RFC 4733 in the sound, or SIP INFO beside it: carriers use both. */
export type KeyWay = 'events' | 'info';

const EVENT_PAYLOAD = 101;
const TONE_MS = 100;

/** Lines of a message, as SIPp wants them; blank ones stay. */
const message = (lines: readonly string[]): string => `<![CDATA[\n${lines.join('\n')}\n]]>`;

const answer = (status: string, more: readonly string[] = []): string =>
  message([
    `SIP/2.0 ${status}`,
    '[last_Via:]',
    '[last_From:]',
    '[last_To:];tag=[pid]callee[call_number]',
    '[last_Call-ID:]',
    '[last_CSeq:]',
    'Contact: <sip:citizen@[local_ip]:[local_port]>',
    ...(more.length === 0 ? ['Content-Length: 0', ''] : more),
  ]);

/** A request of his within the call that came to him. */
const request = (method: string, sequence: number, body: readonly string[] = []): string =>
  message([
    `${method} [next_url] SIP/2.0`,
    'Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]',
    'Max-Forwards: 70',
    'From: [$me];tag=[pid]callee[call_number]',
    'To: [$them]',
    'Call-ID: [call_id]',
    `CSeq: ${sequence} ${method}`,
    'Contact: <sip:citizen@[local_ip]:[local_port]>',
    ...(body.length === 0 ? [] : ['Content-Type: application/dtmf-relay']),
    'Content-Length: [len]',
    '',
    ...body,
  ]);

const log = (step: string): string => `<action><log message="step ${step} [clock_tick]"/></action>`;

/**
 * Picks up at once, types each of these keys when told to by a MESSAGE, and hangs up at the MESSAGE after them, or when
 * the other side does. He listens `earOffset` ports from where SIPp has its own sound, and his keys come from there.
 */
export function sippCitizenScenario(keys: readonly string[], way: KeyWay, earOffset: number): string {
  const ear = `[media_port${earOffset < 0 ? earOffset : `+${earOffset}`}]`;
  const sdp = [
    'Content-Type: application/sdp',
    'Content-Length: [len]',
    '',
    'v=0',
    'o=- 1 1 IN IP4 [local_ip]',
    's=-',
    'c=IN IP4 [media_ip]',
    't=0 0',
    `m=audio ${ear} RTP/AVP 8 ${EVENT_PAYLOAD}`,
    'a=rtpmap:8 PCMA/8000',
    `a=rtpmap:${EVENT_PAYLOAD} telephone-event/8000`,
    `a=fmtp:${EVENT_PAYLOAD} 0-15`,
    'a=ptime:20',
    'a=sendrecv',
    '',
  ];
  const typed = keys.map((key, index) => {
    const done = log(`typed ${index + 1}`);
    const pressed =
      way === 'info'
        ? `<send retrans="500">${request('INFO', index + 1, [`Signal=${key}`, `Duration=${TONE_MS}`, ''])}</send>
  <recv response="200">${done}</recv>`
        : `<nop><action><exec play_dtmf="${key},${TONE_MS},${EVENT_PAYLOAD}"/></action></nop>
  <nop>${done}</nop>`;
    return `
  <recv request="BYE" optional="true" next="released"/>
  <recv request="MESSAGE"/>
  ${pressed}`;
  });
  return `<?xml version="1.0" encoding="UTF-8" ?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="a citizen is called">
  <recv request="INVITE" rrs="true">
    <action>
      <ereg regexp="sip:([^@]*)@" search_in="msg" assign_to="line,dialled"/>
      <ereg regexp="sip:([^@>;]*)" search_in="hdr" header="From:" assign_to="uri,from"/>
      <ereg regexp=".*" search_in="hdr" header="From:" assign_to="them"/>
      <ereg regexp=".*" search_in="hdr" header="To:" assign_to="me"/>
      <log message="step rang [$dialled] [$from] [call_id]"/>
    </action>
  </recv>
  <Reference variables="line,uri"/>
  <send>${answer('180 Ringing')}</send>
  <send retrans="500">${answer('200 OK', sdp)}</send>
  <recv request="ACK">${log('answered')}</recv>${typed.join('')}
  <recv request="BYE" optional="true" next="released"/>
  <recv request="MESSAGE"/>
  <nop>${log('hangsUp')}</nop>
  <send retrans="500">${request('BYE', keys.length + 1)}</send>
  <recv response="200" next="end"/>
  <label id="released"/>
  <nop>${log('released')}</nop>
  <send>${message(['SIP/2.0 200 OK', '[last_Via:]', '[last_From:]', '[last_To:]', '[last_Call-ID:]', '[last_CSeq:]', 'Content-Length: 0', ''])}</send>
  <label id="end"/>
</scenario>
`;
}
