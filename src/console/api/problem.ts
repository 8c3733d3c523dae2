/** Of RFC 9457, as the API writes it. */
export interface ProblemDocument {
  readonly title: string;
  readonly titleEn: string;
  readonly status: number;
  readonly code: string;
  readonly errors?: readonly {
    readonly field: string;
    readonly message: string;
    readonly messageEn: string;
  }[];
  readonly instance: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export function isProblemDocument(document: unknown): document is ProblemDocument {
  return typeof document === 'object' && document !== null && 'code' in document && 'title' in document;
}

/** The API refused; what it said is fit to be shown. */
export class Problem extends Error {
  readonly document: ProblemDocument;
  /** Whole seconds after which it makes sense to ask again; null: not said. */
  readonly retryAfterS: number | null;

  constructor(document: ProblemDocument, retryAfterS: number | null) {
    super(`${document.code}: ${document.title}`);
    this.name = 'Problem';
    this.document = document;
    this.retryAfterS = retryAfterS;
  }

  get code(): string {
    return this.document.code;
  }
}

/** No answer came, or none of the API's own (a proxy's page). Whether the request was carried out is not known. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('the API did not answer', { cause });
    this.name = 'Unreachable';
  }
}

/**
 * The server could not, and not: would not. It is out of reach, or something is away that it leans on (503). What was asked
 * for has to be done here, if it can.
 */
export function couldNot(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Problem && error.document.status >= 500);
}

/**
 * Whether it was carried out is not known: no answer, one from before the end (`callControl.away`), or it is still under way.
 * Tried again it is the same wish, under the same key.
 */
export function isUnsettled(error: unknown): boolean {
  return couldNot(error) || (error instanceof Problem && error.code === 'idempotency.underWay');
}

/** The server said no, or nothing: what a page may pass over where it asks again by itself. Anything else is a defect. */
export function isRefusal(error: unknown): error is Problem | Unreachable {
  return error instanceof Problem || error instanceof Unreachable;
}
