import type { GivenAnswers, SurveyState } from '../callbacks/survey/dialogue.ts';
import type { Call } from './call.ts';

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

export const isSurvey = (call: Call): call is Call & { readonly survey: Survey } => call.survey != null;

/** The machine was spoken with, by keys. */
export const surveyHeard = ({ survey }: Pick<Call, 'survey'>): boolean => survey?.dialogue.heard === true;

export type { GivenAnswers };
