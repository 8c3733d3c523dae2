import { Type } from '@fastify/type-provider-typebox';

/** What is wrong with what somebody wrote and what would be right, in both languages. */
export const ADVICE = {
  wrong: Type.String({ description: '问题' }),
  right: Type.String({ description: '改法' }),
  wrongEn: Type.String({ description: '问题（英文）' }),
  rightEn: Type.String({ description: '改法（英文）' }),
};
