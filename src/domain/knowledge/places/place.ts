import { type Advice, advice, type Said } from '../../hotlines/register/advice.ts';
import { isLocalDate } from '../../hotlines/register/period.ts';
import { tidyText } from '../../tickets/storable.ts';
import { ALWAYS, readHours } from './opening-hours.ts';

/** Who looks after what is written of a place: a department, a partner (加盟店), a volunteer group, an outside platform (114, 118). */
export const KEEPERS = ['unit', 'partner', 'volunteer', 'platform'] as const;
export type Keeper = (typeof KEEPERS)[number];

export interface PlaceContent {
  readonly name: string;
  /** Other names, and what people look for there. */
  readonly also: readonly string[];
  readonly address: string;
  /** Code of an area; empty: of the whole municipality. */
  readonly area: string;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly telephone: string;
  /** As `readHours` reads it; empty: not known. */
  readonly hours: string;
  readonly category: string;
  readonly keeper: Keeper;
  readonly unitCode: string | null;
  readonly note: string;
  readonly isPublic: boolean;
  /** Local day; null: nobody ever looked. */
  readonly verifiedOn: string | null;
}

/** As somebody wrote it, every field as text. */
export type RawPlace = Readonly<Record<PlaceField, string>>;
export const PLACE_FIELDS = [
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
  'verified_on',
  'public',
] as const;
export type PlaceField = (typeof PLACE_FIELDS)[number];

/** Codes that exist, and names with their codes. */
export interface PlaceContext {
  readonly areas: ReadonlyMap<string, string>;
  readonly categories: ReadonlyMap<string, string>;
  readonly units: ReadonlyMap<string, string>;
  /** Local day. */
  readonly today: string;
}

export interface FieldFault extends Advice {
  readonly field: string;
}

/** What is said of many a column. */
export const EMPTY: Said = ['没有填写', 'Nothing is written'];
export const noDate = (word: string): readonly [wrong: Said, right: Said] => [
  [`“${word}”不是日期`, `“${word}” is no date`],
  ['写作 YYYY-MM-DD', 'Write YYYY-MM-DD'],
];
/** Of what a code or a name in a column is one. */
export const WHATS = {
  area: ['区域', 'area'],
  category: ['分类', 'category'],
  unit: ['单位', 'unit'],
} as const;
export const notNamed = (
  word: string,
  [zh, en]: (typeof WHATS)[keyof typeof WHATS],
): readonly [wrong: Said, right: Said] => [
  [`没有叫“${word}”的${zh}`, `No ${en} is called “${word}”`],
  [`写已登记${zh}的代码或名称`, `The code or the name of a registered ${en}`],
];

/** Said again before it in every message. */
const HOURS_HEADING = /^(?:营业|开放|服务)时间\s*[:：]?\s*/;
const LONGEST = { name: 60, address: 120, note: 500, telephone: 40 } as const;
const ALSO_MOST = 30;
const KEEPER_NAMES: Readonly<Record<string, Keeper>> = {
  单位: 'unit',
  加盟店: 'partner',
  志愿者: 'volunteer',
  志愿服务队: 'volunteer',
  平台: 'platform',
};
const NOT_PUBLIC = /^(0|n|no|false|否|不公开|内部)$/i;
const IS_PUBLIC = /^(|1|y|yes|true|是|公开)$/i;

/** A place as it will be kept, or all that is wrong with it at once. */
export function readPlace(
  raw: Partial<RawPlace>,
  context: PlaceContext,
): { readonly place: PlaceContent } | { readonly faults: readonly FieldFault[] } {
  const faults: FieldFault[] = [];
  const fault = (field: PlaceField, wrong: Said, right: Said): void => {
    faults.push({ field, ...advice(wrong, right) });
  };
  // A cell of several lines is one line of a message; only a note has room for more.
  const text = (field: PlaceField): string => {
    const kept = tidyText(raw[field] ?? '');
    return field === 'note' ? kept : kept.replaceAll(/\s*\n\s*/g, ' ');
  };
  const named = (field: keyof typeof WHATS, known: ReadonlyMap<string, string>): string => {
    const word = text(field);
    if (word === '') return '';
    const code = known.get(word);
    if (code === undefined) fault(field, ...notNamed(word, WHATS[field]));
    return code ?? '';
  };
  const degrees = (field: 'longitude' | 'latitude', most: number): number | null => {
    const word = text(field);
    if (word === '') return null;
    const value = Number(word);
    if (Number.isFinite(value) && Math.abs(value) <= most) return value;
    fault(
      field,
      [`“${word}”不是坐标`, `“${word}” is no coordinate`],
      field === 'longitude'
        ? ['写十进制经度，如 121.1860', 'Degrees of longitude as a decimal, e.g. 121.1860']
        : ['写十进制纬度，如 32.3310', 'Degrees of latitude as a decimal, e.g. 32.3310'],
    );
    return null;
  };
  for (const field of ['name', 'address'] as const)
    if (text(field) === '') fault(field, EMPTY, ['必须填写', 'It has to be']);
  for (const [field, most] of Object.entries(LONGEST) as [keyof typeof LONGEST, number][]) {
    if ([...text(field)].length > most)
      fault(field, [`超过 ${most} 字`, `More than ${most} characters`], ['写短一些', 'Make it shorter']);
  }
  const also = [
    ...new Set(
      text('also')
        .split(/[;；、]/)
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    ),
  ];
  if (also.length > ALSO_MOST) {
    fault(
      'also',
      [`别名多于 ${ALSO_MOST} 个`, `More than ${ALSO_MOST} other names`],
      ['只留常用的', 'Only those that are used'],
    );
  }
  const longitude = degrees('longitude', 180);
  const latitude = degrees('latitude', 90);
  if ((longitude === null) !== (latitude === null) && text('longitude') + text('latitude') !== '')
    fault(
      'latitude',
      ['经度和纬度只有一个', 'There is only one of longitude and latitude'],
      ['两个都写，或都不写', 'Both of them, or neither'],
    );
  if (!/^[0-9+()（）\-转、;；\s]*$/.test(text('telephone')))
    fault(
      'telephone',
      [`“${text('telephone')}”不是电话号码`, `“${text('telephone')}” is no telephone number`],
      ['只写数字、- 和“转”', 'Digits and - only, and 转 before an extension'],
    );
  const hours = readHours(text('hours'));
  if ('fault' in hours) {
    const { part, right, rightEn } = hours.fault;
    fault('hours', [`看不懂“${part}”`, `“${part}” cannot be read`], [`写作 ${right}`, `Write ${rightEn}`]);
  }
  const category = named('category', context.categories);
  if (text('category') === '')
    fault('category', EMPTY, ['写一个分类的代码或名称', 'The code or the name of a category']);
  const keeperWord = text('keeper');
  const keeper =
    KEEPERS.find((one) => one === keeperWord) ??
    KEEPER_NAMES[keeperWord] ??
    (keeperWord === '' ? 'unit' : null);
  if (keeper === null) {
    fault(
      'keeper',
      [`没有“${keeperWord}”这种维护方`, `Nobody who looks after places is called “${keeperWord}”`],
      [`写 ${KEEPERS.join('、')} 之一`, `One of ${KEEPERS.join(', ')}`],
    );
  }
  const unitCode = named('unit', context.units) || null;
  if (keeper === 'unit' && text('unit') === '')
    fault('unit', EMPTY, ['写负责维护的单位', 'The unit that looks after it']);
  const verified = text('verified_on').replaceAll('/', '-');
  if (verified !== '' && !isLocalDate(verified)) fault('verified_on', ...noDate(text('verified_on')));
  // Nobody would be asked to look at it until that day is long over.
  else if (verified > context.today)
    fault(
      'verified_on',
      [`${verified} 还没有到`, `${verified} is yet to come`],
      ['写最近一次核实的日期，或留空', 'The day on which somebody looked last, or empty'],
    );
  // Where something is, is for everybody unless that is denied; in words that are known.
  const isPublic = !NOT_PUBLIC.test(text('public'));
  if (isPublic && !IS_PUBLIC.test(text('public')))
    fault(
      'public',
      [`“${text('public')}”不是是或否`, `“${text('public')}” is neither yes nor no`],
      ['写“是”或“否”，空为是', '“yes” or “no”; empty is yes'],
    );
  const area = named('area', context.areas);
  if (faults.length > 0 || keeper === null) return { faults };
  return {
    place: {
      name: text('name'),
      also,
      address: text('address'),
      area,
      longitude,
      latitude,
      telephone: text('telephone'),
      // In one spelling: by it “通宵” finds what never closes.
      hours: 'hours' in hours && hours.hours === 'always' ? ALWAYS : text('hours').replace(HOURS_HEADING, ''),
      category,
      keeper,
      unitCode,
      note: text('note'),
      isPublic,
      verifiedOn: verified === '' ? null : verified,
    },
  };
}

/** The place as a line of a file: brought in again it changes nothing. */
export function writePlace(code: string, place: PlaceContent): readonly string[] {
  const line = placeLine(code, place);
  return PLACE_FIELDS.map((field) => line[field]);
}

/** By column what a file would say of it. */
export function placeLine(code: string, place: PlaceContent): RawPlace {
  return {
    code,
    name: place.name,
    also: place.also.join(';'),
    address: place.address,
    area: place.area,
    longitude: place.longitude === null ? '' : String(place.longitude),
    latitude: place.latitude === null ? '' : String(place.latitude),
    telephone: place.telephone,
    hours: place.hours,
    category: place.category,
    keeper: place.keeper,
    unit: place.unitCode ?? '',
    note: place.note,
    verified_on: place.verifiedOn ?? '',
    public: place.isPublic ? '是' : '否',
  };
}

/** Columns with the fields that they decide. Two that only make sense together are given where one of them is. */
const DECIDES: readonly (readonly [readonly PlaceField[], readonly (keyof PlaceContent)[]])[] = [
  [['name'], ['name']],
  [['also'], ['also']],
  [['address'], ['address']],
  [['area'], ['area']],
  [
    ['longitude', 'latitude'],
    ['longitude', 'latitude'],
  ],
  [['telephone'], ['telephone']],
  [['hours'], ['hours']],
  [['category'], ['category']],
  [
    ['keeper', 'unit'],
    ['keeper', 'unitCode'],
  ],
  [['note'], ['note']],
  [['verified_on'], ['verifiedOn']],
  [['public'], ['isPublic']],
];

/** What a line makes of a place that stands: what the file has no column for stays as it is at this moment. */
export function overStandingPlace(
  standing: PlaceContent,
  wanted: PlaceContent,
  given: ReadonlySet<string>,
): PlaceContent {
  const kept = DECIDES.filter(([columns]) => !columns.some((column) => given.has(column)))
    .flatMap(([, fields]) => fields)
    .map((field) => [field, standing[field]]);
  return { ...wanted, ...Object.fromEntries(kept) };
}
