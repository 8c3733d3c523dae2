import { type CallQuality, type Counted, qualitySince } from './opinion.ts';

/** Since the last look; null while nothing comes. */
export async function measure(
  connection: RTCPeerConnection,
  before: Counted | null,
): Promise<{ readonly quality: CallQuality; readonly counted: Counted; readonly since: Counted } | null> {
  const report = await connection.getStats();
  let heard: RTCInboundRtpStreamStats | null = null;
  let roundTripMs: number | null = null;
  for (const one of report.values() as Iterable<RTCStats>) {
    if (one.type === 'inbound-rtp') heard = one as RTCInboundRtpStreamStats;
    if (one.type === 'candidate-pair') {
      const { nominated, currentRoundTripTime } = one as RTCIceCandidatePairStats;
      if (nominated === true && currentRoundTripTime !== undefined) roundTripMs = currentRoundTripTime * 1000;
    }
  }
  if (heard === null) return null;
  const counted = { received: heard.packetsReceived ?? 0, lost: Math.max(0, heard.packetsLost ?? 0) };
  const seen = qualitySince(counted, before, { jitterMs: (heard.jitter ?? 0) * 1000, roundTripMs });
  return seen === null ? null : { ...seen, counted };
}
