import { CODE_KIND_NAMES, type CodeListId, kindOf } from './code-list.ts';

export const CODE_FINDINGS = [
  'listEmpty',
  'wrongList',
  'codeInvalid',
  'codeTwice',
  'nameMissing',
  'nameTwice',
  'parentUnknown',
  'parentCircle',
  'tooDeep',
  'unitKindMissing',
  'mappingUnknown',
  'mappingTwice',
  'mappingCircle',
  'mainMissing',
  'codeReused',
  'endedInUse',
  'endedUnmapped',
  'startPassed',
  'twoInForce',
  'gapInTime',
  'notMappedOutside',
  'unitsDiffer',
  'shrinks',
] as const;
export type CodeFindingCode = (typeof CODE_FINDINGS)[number];

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What is wrong with a draft, and what would be right. One error keeps it from being published. */
export interface CodeFinding {
  readonly code: CodeFindingCode;
  readonly severity: 'error' | 'warning' | 'notice';
  /** The codes that it is about; empty: the list as a whole. */
  readonly codes: readonly string[];
  readonly message: Words;
  readonly cure: Words;
}

export const finding = (
  code: CodeFindingCode,
  severity: CodeFinding['severity'],
  codes: readonly string[],
  message: readonly [zh: string, en: string],
  cure: readonly [zh: string, en: string],
): CodeFinding => ({
  ...{ code, severity, codes },
  message: { zh: message[0], en: message[1] },
  cure: { zh: cure[0], en: cure[1] },
});

export const listName = (list: CodeListId): string => {
  const [, authority] = list.split('@');
  return authority === undefined
    ? CODE_KIND_NAMES[kindOf(list)]
    : `${CODE_KIND_NAMES[kindOf(list)]}（${authority}）`;
};

export const isFault = (findings: readonly CodeFinding[]): boolean =>
  findings.some(({ severity }) => severity === 'error');
