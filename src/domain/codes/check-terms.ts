import { TICKET_TYPES } from '../tickets/ticket.ts';
import {
  CODE_LENGTHS,
  type CodeListId,
  type CodeTerm,
  chainIn,
  codePattern,
  isOutside,
  kindOf,
} from './code-list.ts';
import { type CodeFinding, finding, listName } from './finding.ts';

const UNIT_KINDS: readonly string[] = ['government', 'public-utility', 'enterprise', 'centre', 'volunteer'];
/** So many of the codes must stand in another list before it is taken for that one. */
const WRONG_FROM = 3;

/** What is wrong with the codes of a list by themselves, whatever stood before. */
export function checkTerms(
  list: CodeListId,
  terms: readonly CodeTerm[],
  /** The codes of every other list. */
  others: ReadonlyMap<CodeListId, ReadonlySet<string>>,
): readonly CodeFinding[] {
  if (terms.length === 0) {
    return [
      finding(
        'listEmpty',
        'error',
        [],
        ['代码表为空', 'The list holds no code'],
        ['至少登记一个代码', 'Enter one at least'],
      ),
    ];
  }
  const byCode = new Map(terms.map((one) => [one.code, one]));
  return [
    ...wrongList(list, terms, others),
    ...terms.flatMap((one) => checkTerm(list, one, byCode)),
    ...twice(terms, ({ code }) => code, 'codeTwice', '代码重复', 'The code stands twice'),
    ...twice(
      terms,
      ({ parentCode, name }) => `${parentCode ?? ''}|${name.trim()}`,
      'nameTwice',
      '同一上级下名称重复',
      'Two under one parent have one name',
    ),
    ...circles(terms, byCode),
  ];
}

function checkTerm(
  list: CodeListId,
  term: CodeTerm,
  byCode: ReadonlyMap<string, CodeTerm>,
): readonly CodeFinding[] {
  const { code, parentCode, name, unitKind } = term;
  const found: CodeFinding[] = [];
  const wrong = (what: CodeFinding['code'], message: [string, string], cure: [string, string]): void => {
    found.push(finding(what, 'error', [code], message, cure));
  };
  const pattern = codePattern(list);
  if (!pattern.test(code)) {
    wrong(
      'codeInvalid',
      [`代码“${code}”格式不对`, `The code "${code}" is malformed`],
      [`应符合 ${pattern.source}`, `It is to match ${pattern.source}`],
    );
  }
  if (name.trim() === '' || [...name].length > CODE_LENGTHS.name) {
    wrong(
      'nameMissing',
      [`${code} 没有名称或名称过长`, `${code} has no name, or too long a one`],
      [`写 1 至 ${CODE_LENGTHS.name} 字的名称`, `Give it a name of 1 to ${CODE_LENGTHS.name} characters`],
    );
  }
  const isType = kindOf(list) === 'type' && !isOutside(list);
  const known = isType
    ? TICKET_TYPES.some((type) => type === parentCode)
    : parentCode === null || byCode.has(parentCode);
  if (!known) {
    wrong(
      'parentUnknown',
      [
        `${code} 的上级 ${parentCode ?? '（空）'} 不在表中`,
        `${code} lies under ${parentCode ?? 'nothing'}, which the list has not`,
      ],
      isType
        ? [
            `子类型的上级是诉求类型：${TICKET_TYPES.join('、')}`,
            `A sub-type lies under one of ${TICKET_TYPES.join(', ')}`,
          ]
        : ['登记该上级，或改正上级代码', 'Enter the parent, or correct it'],
    );
  }
  if (kindOf(list) === 'unit' && !isOutside(list) && !UNIT_KINDS.includes(unitKind ?? '')) {
    wrong(
      'unitKindMissing',
      [`${code} 没有单位性质`, `${code} does not say what kind of unit it is`],
      [`写 ${UNIT_KINDS.join('、')} 之一`, `One of ${UNIT_KINDS.join(', ')}`],
    );
  }
  return found;
}

function twice(
  terms: readonly CodeTerm[],
  keyOf: (term: CodeTerm) => string,
  what: 'codeTwice' | 'nameTwice',
  zh: string,
  en: string,
): readonly CodeFinding[] {
  const byKey = new Map<string, string[]>();
  for (const term of terms) byKey.set(keyOf(term), [...(byKey.get(keyOf(term)) ?? []), term.code]);
  return [...byKey.values()]
    .filter((codes) => codes.length > 1)
    .map((codes) =>
      finding(
        what,
        'error',
        [...new Set(codes)],
        [`${zh}：${codes.join('、')}`, `${en}: ${codes.join(', ')}`],
        ['只留一个，或改为能区分的', 'Keep one, or tell them apart'],
      ),
    );
}

function circles(terms: readonly CodeTerm[], byCode: ReadonlyMap<string, CodeTerm>): readonly CodeFinding[] {
  const found: CodeFinding[] = [];
  const told = new Set<string>();
  for (const { code } of terms) {
    const chain = chainIn(byCode, code);
    const top = byCode.get(chain.at(-1) ?? '')?.parentCode ?? null;
    if (top !== null && chain.includes(top)) {
      const circle = chain.slice(chain.indexOf(top));
      const key = circle.toSorted().join('|');
      if (told.has(key)) continue;
      told.add(key);
      found.push(
        finding(
          'parentCircle',
          'error',
          circle,
          [`上级关系成环：${circle.join(' → ')}`, `They lie under each other: ${circle.join(' -> ')}`],
          ['改正其中一个的上级', 'Correct the parent of one of them'],
        ),
      );
    } else if (chain.length > CODE_LENGTHS.depth) {
      found.push(
        finding(
          'tooDeep',
          'error',
          [code],
          [`${code} 在第 ${chain.length} 级`, `${code} lies ${chain.length} levels deep`],
          [`不超过 ${CODE_LENGTHS.depth} 级`, `No deeper than ${CODE_LENGTHS.depth}`],
        ),
      );
    }
  }
  return found;
}

/** A file of areas brought in as categories: its codes, or nearly all of them, are those of another list and not of this. */
function wrongList(
  list: CodeListId,
  terms: readonly CodeTerm[],
  others: ReadonlyMap<CodeListId, ReadonlySet<string>>,
): readonly CodeFinding[] {
  const own = others.get(list) ?? new Set();
  const strange = terms.filter(({ code }) => !own.has(code));
  for (const [other, codes] of others) {
    // A list that is mapped to ours may bear our very codes.
    if (other === list || kindOf(other) === kindOf(list)) continue;
    const theirs = strange.filter(({ code }) => codes.has(code));
    if (theirs.length < WRONG_FROM || theirs.length * 2 <= terms.length) continue;
    return [
      finding(
        'wrongList',
        'error',
        theirs.slice(0, 10).map(({ code }) => code),
        [
          `${terms.length} 个代码中有 ${theirs.length} 个是“${listName(other)}”表的，疑为导入了别的表`,
          `${theirs.length} of ${terms.length} codes are those of the list ${other}: this looks like another list`,
        ],
        [`把文件导入“${listName(other)}”`, `Bring the file into ${other}`],
      ),
    ];
  }
  return [];
}
