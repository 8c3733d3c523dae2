import fc from 'fast-check';
import { expect, test } from 'vitest';
import { approvalRefusal } from '../../../src/domain/ivr/prompt-approval.ts';
import {
  awaitingApproval,
  onTheShelves,
  type PromptVersion,
} from '../../../src/domain/ivr/prompt-register.ts';
import { checkRecording } from '../../../src/domain/ivr/recording-check.ts';
import { readWav } from '../../../src/domain/ivr/wav.ts';

interface Sound {
  readonly code?: number;
  readonly bits?: number;
  readonly rateHz?: number;
  readonly channels?: number;
  readonly ms?: number;
  /** -1 to 1 at a time in seconds. */
  readonly at?: (second: number) => number;
  /** Said in the header instead of the truth. */
  readonly size?: number;
}
const tone = (second: number): number => 0.3 * Math.sin(2 * Math.PI * 440 * second);

function wavOf({
  code = 1,
  bits = 16,
  rateHz = 8_000,
  channels = 1,
  ms = 2_000,
  at = tone,
  size,
}: Sound): Uint8Array {
  const count = Math.round((rateHz * ms) / 1000);
  const frame = (bits / 8) * channels;
  const file = Buffer.alloc(44 + count * frame);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(code, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(rateHz, 24);
  file.writeUInt32LE(rateHz * frame, 28);
  file.writeUInt16LE(frame, 32);
  file.writeUInt16LE(bits, 34);
  file.write('data', 36);
  file.writeUInt32LE(size ?? count * frame, 40);
  for (let nth = 0; nth < count * channels; nth += 1) {
    const value = at(Math.floor(nth / channels) / rateHz);
    const place = 44 + nth * (bits / 8);
    if (code === 3) file.writeFloatLE(value, place);
    else if (bits === 8)
      file.writeUInt8(code === 1 ? Math.round(value * 127) + 128 : (nth * 37) & 0xff, place);
    else if (bits === 16) file.writeInt16LE(Math.round(value * 0x7fff), place);
    else if (bits === 24) file.writeIntLE(Math.round(value * 0x7fffff), place, 3);
    else file.writeInt32LE(Math.round(value * 0x7fffffff), place);
  }
  return file;
}
const faults = (sound: Sound): readonly string[] => {
  const read = readWav(wavOf(sound));
  return read.kind === 'wav' ? checkRecording(read.wav).map(({ code }) => code) : [read.why];
};

test.each<[string, Sound]>([
  ['8 bits', { bits: 8 }],
  ['16 bits, 44.1 kHz, stereo', { rateHz: 44_100, channels: 2 }],
  ['24 bits', { bits: 24, rateHz: 48_000 }],
  ['32 bits', { bits: 32 }],
  ['floating point', { code: 3, bits: 32 }],
])('a recording of %s is read at its true length and loudness', (_what, sound) => {
  const read = readWav(wavOf(sound));
  if (read.kind !== 'wav') throw new Error(read.why);
  expect(read.wav.durationMs).toBe(2_000);
  expect(Math.max(...read.wav.samples)).toBeCloseTo(0.3, 1);
  expect(checkRecording(read.wav)).toEqual([]);
});

test.each<[string, Sound, readonly string[]]>([
  ['too short', { ms: 200 }, ['tooShort']],
  ['too long', { ms: 61_000 }, ['tooLong']],
  ['silent', { at: () => 0 }, ['silent']],
  ['a quiet room', { at: (second) => 0.003 * Math.sin(second * 900) }, ['silent']],
  ['distorted', { at: (second) => Math.max(-1, Math.min(1, 5 * tone(second))) }, ['clipped']],
  [
    'four seconds before the first word',
    { ms: 8_000, at: (second) => (second < 4 ? 0 : tone(second)) },
    ['gaps'],
  ],
  [
    'four seconds after the last word',
    { ms: 8_000, at: (second) => (second > 4 ? 0 : tone(second)) },
    ['gaps'],
  ],
  ['a pause between words', { ms: 8_000, at: (second) => (second > 1 && second < 6 ? 0 : tone(second)) }, []],
  ['a codec that is none of ours', { code: 85 }, ['codec']],
  ['no channel', { channels: 0 }, ['damaged']],
  ['a recorder that was cut off', { size: 0xffff_ffff }, []],
])('%s: %j', (_what, sound, expected) => {
  expect(faults(sound)).toEqual(expected);
});

test('A-law and µ-law are read by the book', () => {
  const decode = (code: number, byte: number): number => {
    const file = Buffer.from(wavOf({ code, bits: 8, ms: 400 }));
    file.writeUInt8(byte, 44);
    const read = readWav(file);
    return read.kind === 'wav' ? Math.round((read.wav.samples[0] ?? 0) * 0x8000) : Number.NaN;
  };
  expect([0xd5, 0x55, 0xaa, 0x2a].map((byte) => decode(6, byte))).toEqual([8, -8, 32_256, -32_256]);
  expect([0xff, 0x7f, 0x80, 0x00].map((byte) => decode(7, byte) + 0)).toEqual([0, 0, 32_124, -32_124]);
});

test('whatever the bytes are, they are a recording or refused', () => {
  const good = wavOf({ ms: 400 });
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(good.length - 1),
      fc.integer({ min: 0, max: 255 }),
      (bytes, at, value) => {
        const spoilt = Uint8Array.from(good);
        spoilt[at] = value;
        for (const one of [bytes, spoilt, good.subarray(0, at)])
          expect(['wav', 'refused']).toContain(readWav(one).kind);
      },
    ),
    { numRuns: 500 },
  );
});

const version = (number: number, more: Partial<PromptVersion> = {}): PromptVersion => ({
  id: `${number}`,
  name: 'notice',
  version: number,
  kind: 'recorded',
  language: 'zh-CN',
  text: '',
  validUntilMs: null,
  approvedAtMs: 0,
  state: 'ready',
  failure: null,
  durationMs: 1_000,
  madeAtMs: 0,
  readyAtMs: 0,
  retiredAtMs: null,
  ...more,
});

test('the newest that is neither retired, expired nor failed is on the shelf; before it comes what was there', () => {
  const ids = (...versions: PromptVersion[]) => onTheShelves(versions, 100).map(({ id }) => id);
  expect(ids(version(1), version(2))).toEqual(['2']);
  expect(ids(version(1), version(2, { retiredAtMs: 50 }))).toEqual(['1']);
  expect(ids(version(1), version(2, { state: 'failed' }))).toEqual(['1']);
  expect(ids(version(1), version(2, { validUntilMs: 100 }))).toEqual(['1']);
  expect(ids(version(1), version(2, { validUntilMs: 101 }))).toEqual(['2']);
  expect(ids(version(1), version(2, { kind: 'spoken' }))).toEqual(['1', '2']);
  expect(ids(version(1, { validUntilMs: 1 }))).toEqual([]);
});

test('nobody hears what nobody but its maker has allowed', () => {
  expect(onTheShelves([version(1), version(2, { approvedAtMs: null })], 1).map(({ id }) => id)).toEqual([
    '1',
  ]);
  expect(awaitingApproval([version(1), version(2, { approvedAtMs: null })], 1).map(({ id }) => id)).toEqual([
    '2',
  ]);
  const waiting = version(2, { approvedAtMs: null });
  const judged = (one: PromptVersion, accountId = 'han') =>
    approvalRefusal(one, { accountId, maker: 'chen' }, 5);
  expect(judged(waiting)).toBeNull();
  expect(judged(waiting, 'chen')).toBe('prompt.ownWork');
  expect(judged(version(1))).toBe('prompt.approvedAlready');
  expect(judged({ ...waiting, retiredAtMs: 4 })).toBe('prompt.retiredAlready');
  expect(judged({ ...waiting, state: 'failed' })).toBe('prompt.cannotBeMade');
  expect(judged({ ...waiting, validUntilMs: 5 })).toBe('prompt.endInThePast');
});
