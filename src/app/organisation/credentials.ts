import { AppError } from '../errors.ts';

const MIN_LENGTH = 10;
/** More would only make the hash's work longer. */
const MAX_LENGTH = 200;

/** User names are kept in lower case, so that `Admin` on a phone's keyboard is `admin`. */
export function normalUsername(text: string): string {
  const username = text.trim().toLowerCase();
  if (!/^[a-z0-9][a-z0-9._-]{1,39}$/.test(username)) {
    throw new AppError('account.usernameInvalid', { pattern: 'a-z 0-9 . _ -, 2 to 40 characters' });
  }
  return username;
}

export function refuseWeakPassword(password: string, username: string): void {
  const why =
    password.length < MIN_LENGTH
      ? 'tooShort'
      : password.length > MAX_LENGTH
        ? 'tooLong'
        : new Set(password).size < 5
          ? 'tooUniform'
          : password.toLowerCase().includes(username)
            ? 'containsUsername'
            : null;
  if (why !== null)
    throw new AppError('account.passwordWeak', { why, minLength: MIN_LENGTH, maxLength: MAX_LENGTH });
}
