import { type Static, Type } from '@fastify/type-provider-typebox';
import type { NearPlace } from '../../../app/knowledge/places/find-near.ts';
import type { Place } from '../../../app/ports/places.ts';
import { KEEPERS, type RawPlace } from '../../../domain/knowledge/places/place.ts';
import { spokenHours } from '../../../domain/knowledge/places/spoken-hours.ts';
import { PathCode } from './dispatch.ts';
import { Code, Day, exactly, Instant, nullable, oneOf, Uuid } from './elements.ts';

const Longitude = Type.Number({ minimum: -180, maximum: 180 });
const Latitude = Type.Number({ minimum: -90, maximum: 90 });
const Hours = Type.String({
  maxLength: 300,
  description: '开放时间：几类日子各写时段，分号隔开；空为不详',
  examples: ['workdays 08:30-12:00 14:00-17:30; sat 09:00-12:00; holidays closed', '24h', '每天 07:00-21:00'],
});

export const NewPlaceShape = {
  code: Type.String({ pattern: '^[A-Za-z0-9._-]{1,60}$', description: '编码，导入导出时以此识别' }),
  name: Type.String({ minLength: 1, maxLength: 60 }),
  also: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 40 }), {
      maxItems: 30,
      description: '别名、人们去那里找什么',
    }),
  ),
  address: Type.String({ minLength: 1, maxLength: 120 }),
  area: Type.Optional(PathCode),
  longitude: Type.Optional(Longitude),
  latitude: Type.Optional(Latitude),
  telephone: Type.Optional(Type.String({ maxLength: 40 })),
  hours: Type.Optional(Hours),
  category: PathCode,
  keeper: oneOf(KEEPERS, { description: '维护方：单位、加盟店、志愿服务队、外部平台（114、118）' }),
  unit: Type.Optional(Code),
  note: Type.Optional(Type.String({ maxLength: 500 })),
  isPublic: Type.Optional(Type.Boolean()),
};

export const PlaceShape = exactly({
  id: Uuid,
  code: Type.String(),
  name: Type.String(),
  also: Type.Array(Type.String()),
  address: Type.String(),
  area: Type.String(),
  longitude: nullable(Type.Number()),
  latitude: nullable(Type.Number()),
  telephone: Type.String(),
  hours: Type.String(),
  spokenHours: Type.String({ description: '开放时间，念给市民听的写法' }),
  category: Type.String(),
  keeper: oneOf(KEEPERS),
  unit: nullable(Type.String()),
  note: Type.String(),
  isPublic: Type.Boolean(),
  verifiedOn: nullable(Day),
  targetCode: nullable(Type.String({ description: '作为派单对象的单位代码' })),
  closedOn: nullable(Day),
  isSample: Type.Boolean({ description: '样例' }),
  revision: Type.Integer(),
  changedAt: Instant,
});

export const NearShape = exactly({
  place: PlaceShape,
  metres: nullable(Type.Integer({ description: '直线距离' })),
  open: oneOf(['open', 'closed', 'unknown']),
  until: nullable(Type.String({ description: '开放至；全天则为空' })),
  next: nullable(Type.String({ description: '下次开放' })),
});

export function shownPlace({ unitCode, also, ...place }: Place): Static<typeof PlaceShape> {
  return { ...place, also: [...also], unit: unitCode, spokenHours: spokenHours(place.hours) };
}

const at = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

export const shownNear = ({ place, metres, open }: NearPlace): Static<typeof NearShape> => ({
  place: shownPlace(place),
  metres,
  open: open.state,
  until: open.state === 'open' ? at(open.until) : null,
  next: open.state === 'closed' ? at(open.next) : null,
});

type NewPlace = {
  readonly [K in keyof typeof NewPlaceShape]?: Static<(typeof NewPlaceShape)[K]>;
};

/** As a line of a file has it: one reader for both. */
export function rawPlace(body: NewPlace, verifiedOn: string | null): Partial<RawPlace> {
  const { also = [], longitude, latitude, isPublic = true, ...texts } = body;
  return {
    ...texts,
    also: also.join(';'),
    longitude: longitude === undefined ? '' : String(longitude),
    latitude: latitude === undefined ? '' : String(latitude),
    public: isPublic ? '是' : '否',
    verified_on: verifiedOn ?? '',
  };
}
