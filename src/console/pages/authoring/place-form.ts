import type { Place, PlaceBody } from './shapes.ts';

/** A place as somebody types it. */
export interface PlaceForm {
  code: string;
  name: string;
  /** Several with “；” between. */
  also: string;
  address: string;
  area: string;
  longitude: string;
  latitude: string;
  telephone: string;
  hours: string;
  category: string;
  keeper: PlaceBody['keeper'];
  unit: string;
  note: string;
  isPublic: boolean;
  /** Of the place as it was when this was begun. */
  revision: number;
}
export const PLACE_TEXTS = [
  'code',
  'name',
  'also',
  'address',
  'area',
  'longitude',
  'latitude',
  'telephone',
  'hours',
  'category',
  'keeper',
  'unit',
  'note',
] as const satisfies readonly (keyof PlaceForm)[];

export const newPlace = (unit: string): PlaceForm => ({
  ...{ code: '', name: '', also: '', address: '', area: '', longitude: '', latitude: '', telephone: '' },
  ...{ hours: '', category: '', keeper: 'unit', unit, note: '', isPublic: true, revision: 0 },
});

export const placeFormOf = (place: Place): PlaceForm => ({
  ...{
    code: place.code,
    name: place.name,
    also: place.also.join('；'),
    address: place.address,
    area: place.area,
  },
  ...{ longitude: String(place.longitude ?? ''), latitude: String(place.latitude ?? '') },
  ...{ telephone: place.telephone, hours: place.hours, category: place.category, keeper: place.keeper },
  ...{ unit: place.unit ?? '', note: place.note, isPublic: place.isPublic, revision: place.revision },
});

const texts = (
  form: PlaceForm,
): { area?: string; telephone?: string; hours?: string; unit?: string; note?: string } =>
  Object.fromEntries(
    (['area', 'telephone', 'hours', 'unit', 'note'] as const)
      .map((name) => [name, form[name].trim()] as const)
      .filter(([, text]) => text !== ''),
  );

/** Null: half a position, or no numbers in it. */
function positionOf({ longitude, latitude }: PlaceForm): { longitude?: number; latitude?: number } | null {
  if (`${longitude}${latitude}`.trim() === '') return {};
  const [x, y] = [longitude, latitude].map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
  if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) return null;
  return Math.abs(x) > 180 || Math.abs(y) > 90 ? null : { longitude: x, latitude: y };
}

/** What is sent of it; null: its position is none. */
export function placeBodyOf(form: PlaceForm): PlaceBody | null {
  const position = positionOf(form);
  if (position === null) return null;
  const also = form.also
    .split(/[;；、\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return {
    ...{ code: form.code.trim(), name: form.name.trim(), address: form.address.trim(), also },
    ...{ category: form.category, keeper: form.keeper, isPublic: form.isPublic },
    ...texts(form),
    ...position,
  };
}
