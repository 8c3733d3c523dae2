/** A refusal with a stable code and data for the one who asked; what it means in HTTP is the adapter's business. */
export class AppError extends Error {
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    data: Readonly<Record<string, unknown>> = {},
    message: string = code,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.data = data;
  }
}
