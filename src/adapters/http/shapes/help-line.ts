import { Type } from '@fastify/type-provider-typebox';
import { HELP_LINE_AT_MOST } from '../../../domain/help/help-table.ts';

/** What is typed to somebody during a call (D10). */
export const HelpLineText = (minLength: number) =>
  Type.String({
    minLength,
    maxLength: HELP_LINE_AT_MOST,
    description: `一句话，最多 ${HELP_LINE_AT_MOST} 字`,
  });
