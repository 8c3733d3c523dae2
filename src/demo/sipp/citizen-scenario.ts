/** What SIPp plays for a citizen. Keywords in brackets are SIPp's; `[ear_port]` is where the citizen listens. */
export interface CitizenScenario {
  /** Further header lines as a carrier would add them: Diversion, History-Info, P-Asserted-Identity. */
  readonly headers: readonly string[];
  /** User part and display name of From, as they stand in the header. */
  readonly from: string;
  /** What the switch is expected to answer the INVITE with. */
  readonly expect: number;
  /** Hangs up by itself this long after the answer; null: when told, or when the other side does. */
  readonly hangsUpAfterMs: number | null;
}

const SDP = `v=0
      o=- 1 1 IN IP4 [local_ip]
      s=-
      c=IN IP4 [local_ip]
      t=0 0
      m=audio [ear_port] RTP/AVP 8 101
      a=rtpmap:8 PCMA/8000
      a=rtpmap:101 telephone-event/8000
      a=fmtp:101 0-15
      a=ptime:20
      a=sendrecv`;

/** A request of the citizen that goes where the INVITE went. */
function request(method: string, sequence: string, to: string, extra: readonly string[], body = ''): string {
  const lines = [
    `${method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0`,
    'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]',
    'Max-Forwards: 70',
    'From: [caller];tag=[pid]citizen[call_number]',
    `To: ${to}`,
    'Call-ID: [call_id]',
    `CSeq: ${sequence}`,
    'Contact: <sip:citizen@[local_ip]:[local_port];transport=[transport]>',
    ...extra,
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    'Content-Length: [len]',
    '',
    body,
  ];
  return `<![CDATA[\n      ${lines.join('\n      ')}\n    ]]>`;
}

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/**
 * Dials, listens, and hangs up when told so (by a MESSAGE that reaches SIPp from the one who minds it) or when the
 * other side does. Each step is told in SIPp's log file.
 */
export function citizenScenario(scenario: CitizenScenario): string {
  const log = (step: string): string =>
    `<action><log message="step ${escaped(step)} [clock_tick]"/></action>`;
  const invite = request(
    'INVITE',
    '1 INVITE',
    '<sip:[service]@[remote_ip]:[remote_port]>',
    scenario.headers,
    SDP,
  ).replaceAll('[caller]', scenario.from);
  const within = (method: string, sequence: string): string =>
    request(method, sequence, '[$remote]', []).replaceAll('[caller]', scenario.from);
  const before = `
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
  <recv request="MESSAGE" optional="true" next="cancel"/>`;
  const toRemote =
    '<action><ereg regexp=".*" search_in="hdr" header="To:" assign_to="remote"/><log message="step answered [clock_tick]"/></action>';
  const opening = `
  <send retrans="500">${invite}</send>`;
  if (scenario.expect !== 200) {
    return wrap(`${opening}${before.replace(/\n[^\n]*MESSAGE[^\n]*/, '')}
  <recv response="${scenario.expect}" auth="false">${log('refused')}</recv>
  <send>${request('ACK', '1 ACK', '[peer_tag_to]', [])
    .replaceAll('[caller]', scenario.from)
    .replace('[peer_tag_to]', '<sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]')}</send>`);
  }
  // SIPp looks at the first of the messages that it waits for.
  const patience =
    scenario.hangsUpAfterMs === null ? '' : ` timeout="${scenario.hangsUpAfterMs}" ontimeout="bye"`;
  return wrap(`${opening}${before}
  <recv response="200">${toRemote}</recv>
  <send>${within('ACK', '1 ACK')}</send>
  <label id="talk"/>
  <recv request="BYE" optional="true" next="released"${patience}/>
  <recv request="INVITE" optional="true" next="again"/>
  <recv request="MESSAGE"/>
  <label id="bye"/>
  <nop>${log('hangsUp')}</nop>
  <send retrans="500">${within('BYE', '2 BYE')}</send>
  <recv response="200" next="end"/>
  <label id="released"/>
  <nop>${log('released')}</nop>
  <send next="end"><![CDATA[
      SIP/2.0 200 OK
      [last_Via:]
      [last_From:]
      [last_To:]
      [last_Call-ID:]
      [last_CSeq:]
      Content-Length: 0

    ]]></send>
  <label id="again"/>
  <send><![CDATA[
      SIP/2.0 200 OK
      [last_Via:]
      [last_From:]
      [last_To:]
      [last_Call-ID:]
      [last_CSeq:]
      Contact: <sip:citizen@[local_ip]:[local_port]>
      Content-Type: application/sdp
      Content-Length: [len]

      ${SDP}
    ]]></send>
  <recv request="ACK" next="talk"/>
  <label id="cancel"/>
  <nop>${log('cancels')}</nop>
  <send retrans="500">${cancel(scenario.from)}</send>
  <recv response="200"/>
  <recv response="487"/>
  <send>${request('ACK', '1 ACK', '<sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]', []).replaceAll('[caller]', scenario.from)}</send>
  <label id="end"/>`);
}

/** A CANCEL bears the branch of the INVITE, which SIPp counted as message 0; `[branch-1]` counts from where it stands. */
function cancel(from: string): string {
  return request('CANCEL', '1 CANCEL', '<sip:[service]@[remote_ip]:[remote_port]>', [])
    .replaceAll('[caller]', from)
    .replace('[branch]', 'z9hG4bK-[pid]-[call_number]-0');
}

function wrap(steps: string): string {
  return `<?xml version="1.0" encoding="UTF-8" ?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="citizen">${steps}
</scenario>
`;
}
