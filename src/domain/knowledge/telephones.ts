/** Behind these words digits are a telephone's, however many there are. */
const NAMED =
  /(?:电话|热线|拨打|致电|座机|手机号?)(?:号码)?[是为：: ]{0,3}((?:[\d\-()（）转 ]|、(?=[\d(（])){3,60})/g;
/** With an area code they are as well, whatever stands before them. */
const WITH_AREA = /(?<!\d)[(（]?0[1-9]\d{1,2}[)）]?[- ]?\d{5,10}(?!\d)/g;

const SHAPES = [
  /^\(?0[1-9]\d{1,2}\)?[- ]?[2-8]\d{6,7}(?:(?:-|转)\d{1,5})?$/,
  /^1[3-9]\d[- ]?\d{4}[- ]?\d{4}$/,
  /^[48]00(?:[- ]?\d{3}[- ]?\d{4}|[- ]?\d{4}[- ]?\d{3})$/,
  // 110, 12345, 95598, 10086
  /^(?:1[12]\d|12\d{3}|9[56]\d{3,6}|100\d{2})$/,
];

/** What is meant as a telephone and has not the shape of a whole one: digits missing, or no area code. Each once, in order. */
export function oddTelephones(text: string): readonly string[] {
  const plain = text.replaceAll('（', '(').replaceAll('）', ')').replaceAll('－', '-').replaceAll('—', '-');
  const named = [...plain.matchAll(NAMED)].flatMap(([, list = '']) => list.split('、'));
  const found = [...named, ...[...plain.matchAll(WITH_AREA)].map(([piece]) => piece)]
    .map((piece) => piece.trim().replace(/^[-转]+|[-转(]+$/g, ''))
    .filter((piece) => /\d{3}/.test(piece.replace(/[- ]/g, '')));
  return [...new Set(found)].filter((piece) => !SHAPES.some((shape) => shape.test(piece)));
}
