/** What is asked beside the usual, of matters of one category and all under it: 车牌号, 欠薪人数, 门牌. */
export const FIELD_KINDS = ['text', 'number', 'date', 'yesNo', 'choice', 'choices'] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

export interface FormField {
  /** What its value is kept under, in every version. */
  readonly key: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly help: string;
  /** Of `choice` and `choices`, as they are shown and kept; else empty. */
  readonly options: readonly string[];
  /** Of a number; of a text how long it may be; null: as usual. */
  readonly least: number | null;
  readonly most: number | null;
}

export const FORM_LENGTHS = { fields: 40, label: 40, help: 200, option: 60, options: 60, text: 500 } as const;
const KEY = /^[a-z][A-Za-z0-9]{0,39}$/;

export interface FormFault {
  /** Which field, from 0; null: the form as a whole. */
  readonly index: number | null;
  readonly key: string;
  readonly wrong: string;
  readonly right: string;
  readonly wrongEn: string;
  readonly rightEn: string;
}
/** Chinese, English. */
type Said = readonly [string, string];
const said = ([wrong, wrongEn]: Said, [right, rightEn]: Said) => ({ wrong, right, wrongEn, rightEn });

/**
 * All that is wrong with the fields of a form. A key keeps its kind through all versions: `before` says which kind each had, so
 * that values of then and of today can stand in one column.
 */
export function formFaults(
  fields: readonly FormField[],
  before: ReadonlyMap<string, FieldKind>,
): readonly FormFault[] {
  const faults: FormFault[] = [];
  if (fields.length === 0 || fields.length > FORM_LENGTHS.fields) {
    const wrong: Said = [`表单有 ${fields.length} 项`, `The form has ${fields.length} fields`];
    const right: Said = [`1 至 ${FORM_LENGTHS.fields} 项`, `1 to ${FORM_LENGTHS.fields} fields`];
    faults.push({ index: null, key: '', ...said(wrong, right) });
  }
  const seen = new Set<string>();
  for (const [index, field] of fields.entries()) {
    const { key, kind, label, options, least, most } = field;
    const fault = (wrong: Said, right: Said): void => {
      faults.push({ index, key, ...said(wrong, right) });
    };
    if (!KEY.test(key)) {
      fault(
        [`字段名“${key}”格式不对`, `The key “${key}” is malformed`],
        [
          '小写字母开头，字母和数字，最多 40 位',
          'a lower-case letter, then letters and digits, 40 at most in all',
        ],
      );
    }
    if (seen.has(key)) {
      fault([`字段名“${key}”重复`, `The key “${key}” stands twice`], ['每个字段名只用一次', 'each key once']);
    }
    seen.add(key);
    const was = before.get(key);
    if (was !== undefined && was !== kind) {
      fault(
        [`“${key}”以前是 ${was}，不能改为 ${kind}`, `“${key}” was ${was} before and cannot become ${kind}`],
        ['换一个没有用过的字段名', 'take a key that was never used'],
      );
    }
    if (label.trim() === '' || [...label].length > FORM_LENGTHS.label) {
      fault(
        ['没有标签或标签过长', 'The label is missing or too long'],
        [`写 1 至 ${FORM_LENGTHS.label} 字`, `1 to ${FORM_LENGTHS.label} characters`],
      );
    }
    const chooses = kind === 'choice' || kind === 'choices';
    if (chooses && (options.length < 2 || new Set(options).size !== options.length)) {
      fault(
        ['选项少于两个或有重复', 'There are fewer than two options, or one stands twice'],
        ['至少两个不同的选项', 'two different ones at least'],
      );
    }
    if (!chooses && options.length > 0) {
      fault(
        ['只有选择项才有选项', 'Only a field that is chosen from has options'],
        ['去掉选项，或改为 choice', 'take the options away, or make it a choice'],
      );
    }
    if (least !== null && most !== null && least > most) {
      fault(
        ['下限大于上限', 'The least is above the most'],
        ['下限不大于上限', 'the least no higher than the most'],
      );
    }
    if ((least !== null || most !== null) && kind !== 'number' && kind !== 'text') {
      fault(
        ['只有数字和文字才有上下限', 'Only numbers and texts have a least and a most'],
        ['去掉上下限', 'take them away'],
      );
    }
  }
  return faults;
}

export type FormValue = string | number | boolean | readonly string[];
export type FormValues = Readonly<Record<string, FormValue>>;

/** What was filled in, tidied; or all that is wrong with it. A field left empty is not kept. */
export function readValues(
  fields: readonly FormField[],
  given: Readonly<Record<string, unknown>>,
): { readonly values: FormValues } | { readonly faults: readonly Omit<FormFault, 'index'>[] } {
  const faults: Omit<FormFault, 'index'>[] = [];
  const values: Record<string, FormValue> = {};
  const known = new Set(fields.map(({ key }) => key));
  for (const key of Object.keys(given)) {
    if (known.has(key)) continue;
    const wrong: Said = [`表单没有“${key}”`, `The form has no “${key}”`];
    const keys = [...known];
    faults.push({ key, ...said(wrong, [`可填：${keys.join('、')}`, `one of ${keys.join(', ')}`]) });
  }
  for (const field of fields) {
    const { key, label, required } = field;
    const raw = tidied(given[key]);
    if (raw === null) {
      if (required) {
        faults.push({
          key,
          ...said([`没有填“${label}”`, `“${label}” is empty`], ['必填', 'it is required']),
        });
      }
      continue;
    }
    const fault = valueFault(field, raw);
    if (fault === null) values[key] = raw as FormValue;
    else faults.push({ key, ...said([`“${label}”填写有误`, `“${label}” is not right`], fault) });
  }
  return faults.length > 0 ? { faults } : { values };
}

function tidied(raw: unknown): unknown {
  if (typeof raw === 'string') return raw.replace(/\p{Cc}/gu, ' ').trim() || null;
  if (Array.isArray(raw)) return raw.length === 0 ? null : raw;
  return raw ?? null;
}

/** What would be right; null: it is. */
function valueFault({ kind, options, least, most }: FormField, raw: unknown): Said | null {
  switch (kind) {
    case 'text': {
      const longest = most ?? FORM_LENGTHS.text;
      const length = typeof raw === 'string' ? [...raw].length : -1;
      return length >= (least ?? 0) && length <= longest
        ? null
        : [`${least ?? 1} 至 ${longest} 字`, `${least ?? 1} to ${longest} characters`];
    }
    case 'number': {
      const isWithin =
        typeof raw === 'number' && Number.isFinite(raw) && raw >= (least ?? raw) && raw <= (most ?? raw);
      return isWithin
        ? null
        : [
            `数字${least === null ? '' : `，不小于 ${least}`}${most === null ? '' : `，不大于 ${most}`}`,
            `a number${least === null ? '' : `, ${least} at least`}${most === null ? '' : `, ${most} at most`}`,
          ];
    }
    case 'date': {
      const day =
        typeof raw === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(raw)
          ? Date.parse(`${raw}T00:00:00Z`)
          : Number.NaN;
      const isDay = !Number.isNaN(day) && new Date(day).toISOString().startsWith(String(raw));
      return isDay ? null : ['日期，如 2026-11-26', 'a date, such as 2026-11-26'];
    }
    case 'yesNo':
      return typeof raw === 'boolean' ? null : ['true 或 false', 'true or false'];
    case 'choice':
      return typeof raw === 'string' && options.includes(raw)
        ? null
        : [`其中之一：${options.join('、')}`, `one of ${options.join(', ')}`];
    case 'choices': {
      const all = Array.isArray(raw) ? raw : [null];
      const isSome = all.every((one) => options.includes(one)) && new Set(all).size === all.length;
      return isSome ? null : [`其中若干：${options.join('、')}`, `some of ${options.join(', ')}`];
    }
    default:
      return kind satisfies never;
  }
}
