import { useHotline } from '../../words/hotline.ts';

/** What the town's form asks for, as the server says it; what is not known here the server refuses itself. */
export function useAskedFor() {
  const hotline = useHotline();
  const fits = (pattern: string | undefined, said: string): boolean =>
    pattern === undefined || new RegExp(pattern).test(said);
  const digitsOf = (telephone: string): string => telephone.replace(/[^0-9+]/g, '');
  return {
    hotline,
    isTelephone: (telephone: string): boolean => fits(hotline.value?.appeal.telephone, telephone.trim()),
    isEnough: (text: string): boolean => [...text.trim()].length >= (hotline.value?.appeal.textAtLeast ?? 1),
    /** Whom no message reaches is promised none. Until it can be told apart it may become a mobile. */
    mayBeMobile: (telephone: string): boolean => {
      const digits = digitsOf(telephone);
      return digits.length < 4 || fits(hotline.value?.appeal.mobileBegins, digits);
    },
  };
}
