/** The body of an operation's answer, or of what is sent to it: `AnswerOf<paths['/v1/tickets']['get']>`. */
export type AnswerOf<O, Status extends number = 200> = O extends {
  responses: Record<Status, { content: { 'application/json': infer Body } }>;
}
  ? Body
  : never;

export type QueryOf<O> = O extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;

export type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer Body } } }
  ? Body
  : never;
