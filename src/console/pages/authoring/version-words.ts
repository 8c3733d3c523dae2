import { useI18n } from 'vue-i18n';
import { useCodeLists } from '../../elements/code-lists.ts';
import type { Version } from './shapes.ts';

/** The words of a version, whoever holds it: the books, or somebody who still writes. */
export type Words = Pick<
  Version,
  | 'question'
  | 'otherWays'
  | 'answer'
  | 'message'
  | 'publicText'
  | 'internalText'
  | 'isPublic'
  | 'basis'
  | 'categories'
  | 'areas'
  | 'lines'
  | 'validFrom'
  | 'validTo'
  | 'attachments'
>;
export const FIELDS = [
  'question',
  'otherWays',
  'answer',
  'message',
  'publicText',
  'internalText',
  'isPublic',
  'basis',
  'categories',
  'areas',
  'lines',
  'validFrom',
  'validTo',
  'attachments',
] as const satisfies readonly (keyof Words)[];
export type Field = (typeof FIELDS)[number];

/** What stands in a field, as somebody reads it. */
export function useVersionWords(): (words: Words, field: Field) => string {
  const { t } = useI18n();
  const lists = useCodeLists();
  return (words, field) => {
    switch (field) {
      case 'question':
      case 'answer':
      case 'message':
      case 'publicText':
      case 'internalText':
      case 'validFrom':
        return words[field];
      case 'validTo':
        return words.validTo ?? t('knowledge.noEnd');
      case 'isPublic':
        return t(words.isPublic ? 'common.yes' : 'common.no');
      case 'otherWays':
        return words.otherWays.join('\n');
      case 'basis':
        return words.basis
          .map(({ document, clause, link }) => [document, clause, link].filter((one) => one !== '').join(' '))
          .join('\n');
      case 'categories':
        return words.categories.map(lists.categoryName).join('\n');
      case 'areas':
        return words.areas.length === 0
          ? t('authoring.field.everywhere')
          : words.areas.map(lists.areaName).join('\n');
      case 'lines':
        return words.lines.join('\n');
      case 'attachments':
        return words.attachments.map(({ name }) => name).join('\n');
      default:
        return field satisfies never;
    }
  };
}
