import type { SurveyState } from '../callbacks/survey/dialogue.ts';

/** An automatic return visit by telephone: no agent is rung, and the citizen is asked by the machine. */
export interface Survey {
  readonly dialogue: SurveyState;
  /** Takes him who presses 0, and what he says after the tone. */
  readonly queue: string;
  /** Where the spoken message goes, while it is recorded. */
  readonly recording: string | null;
  /** It was told how it ended: that is told once. */
  readonly told: boolean;
}

type MaySurvey = { readonly survey?: Survey | null };

export const isSurvey = <T extends MaySurvey>(call: T): call is T & { readonly survey: Survey } =>
  call.survey != null;

/** The machine was spoken with, by keys. */
export const surveyHeard = ({ survey }: MaySurvey): boolean => survey?.dialogue.heard === true;
