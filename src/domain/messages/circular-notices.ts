import type { Sender } from './ticket-steps.ts';

/** What a unit is written about a circular (I3). */
export type CircularNews =
  | { readonly kind: 'sent' }
  /** In the place of one that was wrong. */
  | { readonly kind: 'corrects'; readonly former: string }
  /** To who had the old one and is not meant by the new. */
  | { readonly kind: 'correctedBy'; readonly number: string }
  | { readonly kind: 'unread' }
  | { readonly kind: 'withdrawn' };

/** It names the paper and nothing of what stands in it: that is read on the platform. */
export function circularText(news: CircularNews, number: string, sender: Sender): string {
  const head = `【${[...sender.municipality].slice(0, 20).join('')}${sender.mainNumber}】`;
  switch (news.kind) {
    case 'sent':
      return `${head}通报${number}已印发贵单位，请登录平台阅读并签阅。`;
    case 'corrects':
      return `${head}通报${number}已印发贵单位，原${news.former}由其更正，请登录平台阅读并签阅。`;
    case 'correctedBy':
      return `${head}通报${number}已由${news.number}更正，与贵单位有关的内容不再执行。`;
    case 'unread':
      return `${head}通报${number}贵单位尚未签阅，请登录平台阅读并签阅。`;
    case 'withdrawn':
      return `${head}通报${number}已撤回，不再执行。`;
    default:
      return news satisfies never;
  }
}
