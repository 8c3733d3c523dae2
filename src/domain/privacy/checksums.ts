const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = '10X98765432';

/** A citizen's identity number: 17 digits with a day of birth that there is, and the check character (GB 11643-1999, MOD 11-2). */
export function hasIdCardChecksum(number: string): boolean {
  if (!/^[1-9]\d{16}[0-9Xx]$/.test(number)) return false;
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
  const born = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  const isDay = born.getUTCMonth() + 1 === month && born.getUTCDate() === day;
  if (!isDay || (year ?? 0) < 1850) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return ID_CHECKS[sum % 11] === number[17]?.toUpperCase();
}

/** A payment card's number (ISO/IEC 7812): 16 to 19 digits that check by Luhn, not all the same. */
export function hasLuhnChecksum(number: string): boolean {
  if (!/^\d{16,19}$/.test(number) || /^(\d)\1+$/.test(number)) return false;
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
