/** One step of a call's way, as it is explained. */
export interface PathStep {
  readonly step:
    | 'dialled'
    | 'recognised'
    | 'inForce'
    | 'anomaly'
    | 'announced'
    | 'caller'
    | 'notice'
    | 'menu'
    | 'keys'
    | 'menuLeft'
    | 'message'
    | 'queued'
    | 'overflow'
    | 'unit'
    | 'centre'
    | 'goodbye'
    | 'return';
  /** What happens, zh-CN. */
  readonly what: string;
  readonly reason: string;
  /** The same for who reads English. */
  readonly english: { readonly what: string; readonly reason: string };
}
