import { ownName } from './bridges.ts';
import { isRecord, list, number, record, text } from './reading.ts';

/** What we read of Asterisk's events, checked at the door: a frame of another shape is no frame of ours. */
export type Frame =
  | { readonly type: 'CallBroadcast'; readonly channel: string }
  | {
      readonly type: 'StasisStart';
      readonly channel: string;
      readonly up: boolean;
      readonly args: readonly string[];
    }
  | { readonly type: 'StasisEnd'; readonly channel: string }
  | { readonly type: 'ChannelStateChange'; readonly channel: string; readonly state: string }
  /** `cause`: what the far end said; null in a soft request, where it is a bit mask of Asterisk's own. */
  | {
      readonly type: 'ChannelHangupRequest';
      readonly channel: string;
      readonly cause: number | null;
      /** Asterisk goes down. */
      readonly shutdown: boolean;
    }
  | { readonly type: 'ChannelDestroyed'; readonly channel: string; readonly cause: number }
  | {
      readonly type: 'ChannelEnteredBridge' | 'ChannelLeftBridge';
      readonly channel: string;
      readonly bridge: string;
    }
  | { readonly type: 'Dial'; readonly channel: string; readonly status: string }
  | { readonly type: 'ChannelDtmfReceived'; readonly channel: string; readonly digit: string }
  | { readonly type: 'PlaybackFinished'; readonly playback: string; readonly state: string }
  | {
      readonly type: 'RecordingFinished' | 'RecordingFailed';
      readonly recording: string;
      /** Seconds. */
      readonly duration: number;
      readonly talking: number | null;
    }
  | ({ readonly type: 'EndpointStateChange' } & Endpoint)
  | { readonly type: 'ApplicationReplaced' };

export interface Endpoint {
  readonly name: string;
  /** Registered and answering OPTIONS: Asterisk calls it online only after a contact has proven itself. */
  readonly online: boolean;
  readonly channels: readonly string[];
}

/** `AST_SOFTHANGUP_SHUTDOWN` in the bit mask of a soft request. */
const SOFT_SHUTDOWN = 4;

/** The event types that Asterisk is asked to send; all others stay there. */
export const WANTED: readonly Frame['type'][] = [
  'CallBroadcast',
  'StasisStart',
  'StasisEnd',
  'ChannelStateChange',
  'ChannelHangupRequest',
  'ChannelDestroyed',
  'ChannelEnteredBridge',
  'ChannelLeftBridge',
  'Dial',
  'ChannelDtmfReceived',
  'PlaybackFinished',
  'RecordingFinished',
  'RecordingFailed',
  'EndpointStateChange',
  'ApplicationReplaced',
];

export type Reading =
  | { readonly kind: 'frame'; readonly frame: Frame; readonly key: string }
  /** Not for us, or of a newer Asterisk: harmless. */
  | { readonly kind: 'other'; readonly type: string }
  | { readonly kind: 'broken'; readonly reason: string };

export function readFrame(message: string): Reading {
  let raw: unknown;
  try {
    raw = JSON.parse(message);
  } catch {
    return { kind: 'broken', reason: 'not JSON' };
  }
  if (!isRecord(raw) || typeof raw.type !== 'string') return { kind: 'broken', reason: 'no type' };
  const frame = shape(raw.type, raw);
  if (frame === null) return { kind: 'other', type: raw.type };
  // Asterisk sends the same message twice when a channel is watched by itself and by its endpoint.
  return { kind: 'frame', frame, key: `${text(raw.timestamp)} ${JSON.stringify(frame)}` };
}

function shape(type: string, raw: Record<string, unknown>): Frame | null {
  const channel = text(record(raw.channel).id);
  const state = text(record(raw.channel).state);
  switch (type) {
    case 'ApplicationReplaced':
      return { type };
    case 'EndpointStateChange': {
      const endpoint = readEndpoint(raw.endpoint);
      return endpoint === null ? null : { type, ...endpoint };
    }
    case 'PlaybackFinished': {
      const playback = record(raw.playback);
      const id = text(playback.id);
      return id === '' ? null : { type, playback: id, state: text(playback.state) };
    }
    case 'RecordingFinished':
    case 'RecordingFailed': {
      const { name, duration, talking_duration: talking } = record(raw.recording);
      const id = text(name);
      if (id === '') return null;
      return {
        type,
        recording: id,
        duration: number(duration),
        talking: typeof talking === 'number' ? talking : null,
      };
    }
    case 'Dial': {
      const peer = text(record(raw.peer).id);
      return peer === '' ? null : { type, channel: peer, status: text(raw.dialstatus) };
    }
  }
  if (channel === '') return null;
  switch (type) {
    case 'CallBroadcast':
    case 'StasisEnd':
      return { type, channel };
    case 'ChannelHangupRequest':
      return {
        type,
        channel,
        cause: raw.soft === true || raw.cause === undefined ? null : number(raw.cause),
        shutdown: raw.soft === true && (number(raw.cause ?? 0) & SOFT_SHUTDOWN) !== 0,
      };
    case 'StasisStart':
      return { type, channel, up: state === 'Up', args: list(raw.args).map(text) };
    case 'ChannelStateChange':
      return { type, channel, state };
    case 'ChannelDestroyed':
      return { type, channel, cause: number(raw.cause) };
    case 'ChannelEnteredBridge':
    case 'ChannelLeftBridge':
      return { type, channel, bridge: ownName(text(record(raw.bridge).id)) };
    case 'ChannelDtmfReceived':
      return { type, channel, digit: text(raw.digit) };
    default:
      return null;
  }
}

export function readEndpoint(raw: unknown): Endpoint | null {
  if (!isRecord(raw) || raw.technology !== 'PJSIP' || typeof raw.resource !== 'string') return null;
  return { name: raw.resource, online: raw.state === 'online', channels: list(raw.channel_ids).map(text) };
}
