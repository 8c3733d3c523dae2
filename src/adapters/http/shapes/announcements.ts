import { type Static, Type } from '@fastify/type-provider-typebox';
import type { IncidentInput } from '../../../app/announcements/incident-change.ts';
import type { IncidentView } from '../../../app/ports/announcements.ts';
import { OFFER_KEYS } from '../../../domain/announcements/announcement.ts';
import type { IncidentFinding } from '../../../domain/announcements/findings.ts';
import { ANNOUNCEMENT_STATE_NAMES, ANNOUNCEMENT_STATES } from '../../../domain/announcements/life.ts';
import { maskedNumber } from '../../../domain/privacy/masked.ts';
import { VISIBLE } from '../../../domain/tickets/storable.ts';
import { DialledNumber, exactly, Instant, nullable, oneOf } from './elements.ts';
import { Moment } from './rules.ts';

const AreaShape = exactly(
  {
    areaCodes: Type.Optional(
      Type.Array(Type.String({ pattern: '^0?[0-9]{2,3}$' }), { maxItems: 50, description: '固定电话区号' }),
    ),
    prefixes: Type.Optional(
      Type.Array(Type.String({ pattern: '^[0-9]{3,12}$' }), {
        maxItems: 200,
        description: '号码开头，如 8411',
      }),
    ),
    numbers: Type.Optional(
      Type.Array(Type.String({ pattern: '^\\+?[0-9]{3,20}$' }), { maxItems: 2000, description: '逐个号码' }),
    ),
    unknownHear: Type.Optional(
      Type.Boolean({ description: '看不出区域的来电（手机、未显示号码）是否也听到' }),
    ),
  },
  { description: '来电区域；不填则不限' },
);

export const IncidentBody = {
  title: Type.String({ minLength: 1, maxLength: 60, pattern: VISIBLE, description: '事由，内部所见' }),
  text: Type.String({ minLength: 1, maxLength: 300, description: '播放的文字' }),
  lines: Type.Optional(
    nullable(Type.Array(DialledNumber, { maxItems: 500, description: '所拨号码；不填则全部' })),
  ),
  area: Type.Optional(AreaShape),
  from: Type.Optional(nullable(Moment)),
  until: Moment,
  offerKey: Type.Optional(
    nullable(oneOf(OFFER_KEYS, { description: '登记恢复通知的按键，默认 1；null 为不提供' })),
  ),
};
const Body = exactly(IncidentBody);

export function readIncident(body: Static<typeof Body>): IncidentInput {
  const { title, text, lines = null, area, from, until, offerKey = '1' } = body;
  return {
    title,
    text,
    lines,
    area:
      area === undefined
        ? null
        : {
            areaCodes: area.areaCodes ?? [],
            prefixes: area.prefixes ?? [],
            numbers: area.numbers ?? [],
            unknownHear: area.unknownHear ?? false,
          },
    fromMs: from == null ? null : Date.parse(from),
    untilMs: Date.parse(until),
    offerKey,
  };
}

const Texts = Type.Array(Type.String());
export const IncidentShape = exactly({
  id: Type.String(),
  title: Type.String(),
  text: Type.String(),
  state: oneOf(ANNOUNCEMENT_STATES),
  stateName: Type.String(),
  lines: nullable(Texts),
  area: Type.Union([
    exactly({ areaCodes: Texts, prefixes: Texts, numbers: Texts, unknownHear: Type.Boolean() }),
    Type.Null(),
  ]),
  from: Instant,
  until: Instant,
  offerKey: nullable(Type.String()),
  author: exactly({ id: Type.String(), name: Type.String() }),
  createdAt: Instant,
  ending: nullable(Type.String({ description: '告知登记人的话' })),
  spokenAt: nullable(Type.String({ description: '语音生成时刻；此前来电跳过该通知' })),
  spokenFailure: nullable(Type.String()),
  subscribers: Type.Integer({ description: '登记恢复通知的号码数' }),
  waiting: Type.Integer({ description: '尚未告知的' }),
  byPhone: Type.Integer({ description: '收不到短信、须电话告知的' }),
});

const iso = (atMs: number): string => new Date(atMs).toISOString();

/** Citizens' numbers among the targets are masked; whole exchanges are nobody's identity. */
export function incidentSeen({
  authorId,
  authorName,
  fromMs,
  untilMs,
  createdMs,
  spokenMs,
  lines,
  area,
  ...same
}: IncidentView): Static<typeof IncidentShape> {
  return {
    ...same,
    stateName: ANNOUNCEMENT_STATE_NAMES[same.state],
    lines: lines === null ? null : [...lines],
    area:
      area === null
        ? null
        : {
            areaCodes: [...area.areaCodes],
            prefixes: [...area.prefixes],
            numbers: area.numbers.map(maskedNumber),
            unknownHear: area.unknownHear,
          },
    author: { id: authorId, name: authorName },
    from: iso(fromMs),
    until: iso(untilMs),
    createdAt: iso(createdMs),
    spokenAt: spokenMs === null ? null : iso(spokenMs),
  };
}

const Words = exactly({ zh: Type.String(), en: Type.String() });
export const IncidentFindingShape = exactly({
  code: Type.String(),
  severity: oneOf(['error', 'warning', 'notice']),
  field: Type.String(),
  message: Words,
  cure: Words,
});
export const findingSeen = ({ code, severity, field, message, cure }: IncidentFinding) => ({
  code,
  severity,
  field: field as string,
  message: { ...message },
  cure: { ...cure },
});
