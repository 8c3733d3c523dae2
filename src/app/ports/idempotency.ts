/** What is kept of a request under its key: enough to answer the same again, not enough to read the request. */
export interface IdempotentRequest {
  readonly accountId: string;
  readonly key: string;
  /** SHA-256 of method, path and body. */
  readonly requestHash: Uint8Array;
}
export interface StoredAnswer {
  readonly status: number;
  /** The body as it was sent. */
  readonly body: string;
}

export type IdempotencyClaim =
  /** Nobody has used the key, or who did never came to an end: carry the request out. */
  | { readonly kind: 'fresh' }
  | { readonly kind: 'answered'; readonly answer: StoredAnswer }
  /** The same request is being carried out at this moment. */
  | { readonly kind: 'underWay' }
  | { readonly kind: 'otherRequest' };

export interface IdempotencyKeys {
  /** Atomic: of two requests with one key at most one gets `fresh`. */
  claim(request: IdempotentRequest): Promise<IdempotencyClaim>;
  finish(request: IdempotentRequest, answer: StoredAnswer): Promise<void>;
  /** The request was refused and created nothing: the key is free again. */
  release(request: IdempotentRequest): Promise<void>;
}
