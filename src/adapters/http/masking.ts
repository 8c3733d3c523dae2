import { Type } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { blanked, maskedName, maskedNumber, maskedWords } from '../../domain/privacy/masked.ts';

// The one place where answers are masked (invariant 10). A field's shape says what it carries; whatever a route hands over,
// what leaves is masked. Masking twice is masking once, so who masks earlier does no harm. What is shown for a reason has a
// shape of its own without a mark, and the contract test lists those operations.

/**
 * `number`: a telephone's. `name`: of a citizen. `words`: somebody's own text, in which numbers may stand. `deep`: anything at
 * all, each text in it as words, but for what is written for the public: a reply, with the places blanked for which it was held.
 */
export const PERSONAL_MARKS = ['number', 'name', 'words', 'deep'] as const;
export type PersonalMark = (typeof PERSONAL_MARKS)[number];
const MARK = 'x-personal';

export const personal = (mark: PersonalMark) => ({ [MARK]: mark });

export const MaskedNumber = Type.String({
  description: '已隐去中间数字的号码',
  examples: ['138****5678'],
  ...personal('number'),
});
export const MaskedName = Type.String({
  description: '姓名，只显示首字',
  examples: ['张*'],
  ...personal('name'),
});
/** Words of a citizen or of who worked on his matter: numbers in them are hidden. */
export const MaskedWords = Type.String({ description: '其中的号码已隐去', ...personal('words') });

type Masker = (value: unknown) => unknown;

/** Meant to be read in full by everybody; where beside it stands that it tells who somebody is, those places are not. */
const PUBLIC_FIELDS: ReadonlySet<string> = new Set(['reply']);
const PLACES = 'personalData';

const onText =
  (masked: (text: string) => string): Masker =>
  (value) =>
    typeof value === 'string' ? masked(value) : value;

const MASKERS: Readonly<Record<PersonalMark, Masker>> = {
  number: onText(maskedNumber),
  name: onText(maskedName),
  words: onText(maskedWords),
  deep: (value) => deep(value),
};

function deep(value: unknown): unknown {
  if (typeof value === 'string') return maskedWords(value);
  if (Array.isArray(value)) return value.map(deep);
  if (!isRecord(value)) return value;
  const inPublic = publicText(value[PLACES]);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, PUBLIC_FIELDS.has(name) ? inPublic(one) : deep(one)]),
  );
}

function publicText(places: unknown): Masker {
  const found = Array.isArray(places) ? places.filter(isPlace) : [];
  return onText((text) => blanked(text, found));
}

const isPlace = (value: unknown): value is { readonly from: number; readonly to: number } =>
  isRecord(value) && typeof value.from === 'number' && typeof value.to === 'number';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !(value instanceof Date);

/** As much of JSON Schema as can lead to a mark. */
interface Shape {
  readonly [MARK]?: PersonalMark;
  readonly anyOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
}

/** What the marks of a shape ask for; null: it has none, and nothing needs to be walked through. */
export function maskerOf(schema: Shape): Masker | null {
  const mark = schema[MARK];
  if (mark !== undefined) return MASKERS[mark];
  const branches = schema.anyOf ?? schema.allOf ?? [];
  const maskers = branches.flatMap((branch) => maskerOf(branch) ?? []);
  const items = schema.items === undefined ? null : maskerOf(schema.items);
  if (items !== null) maskers.push((value) => (Array.isArray(value) ? value.map(items) : value));
  const fields = Object.entries(schema.properties ?? {}).flatMap(
    ([name, shape]): readonly (readonly [string, Masker])[] => {
      const masker = maskerOf(shape);
      return masker === null ? [] : [[name, masker]];
    },
  );
  if (fields.length > 0) {
    maskers.push((value) => {
      if (!isRecord(value)) return value;
      const masked = { ...value };
      for (const [name, masker] of fields) if (name in masked) masked[name] = masker(masked[name]);
      return masked;
    });
  }
  if (maskers.length === 0) return null;
  return (value) => maskers.reduce((masked, masker) => masker(masked), value);
}

/** Every route from here on: what its answers' shapes mark is masked as it leaves. */
export function registerMasking(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const shapes = (route.schema?.response ?? {}) as Readonly<Record<string, Shape>>;
    const maskers = new Map<number, Masker>();
    for (const [status, shape] of Object.entries(shapes)) {
      const masker = /^\d+$/.test(status) ? maskerOf(shape) : null;
      if (masker !== null) maskers.set(Number(status), masker);
    }
    if (maskers.size === 0) return;
    const before = [route.preSerialization ?? []].flat();
    route.preSerialization = [
      ...before,
      async (_request, reply, payload) => maskers.get(reply.statusCode)?.(payload) ?? payload,
    ];
  });
}
