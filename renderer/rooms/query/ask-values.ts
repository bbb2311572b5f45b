import { create } from 'zustand';
import type { Misfit, Parameter } from '../../../shared/contract/query.ts';
import type { ParameterValues } from './outcome.ts';

interface Question {
  readonly parameters: readonly Parameter[];
  readonly remembered: ParameterValues;
  /** Which of the values do not do. */
  readonly misfits: (values: ParameterValues) => Promise<readonly Misfit[]>;
  readonly answer: (values: ParameterValues | null) => void;
}

/** The values that are being asked for, if any. */
export const useValueQuestion = create<{ readonly question: Question | null; readonly asked: number }>(
  () => ({
    question: null,
    asked: 0,
  }),
);

/** Asks for the values of a query's parameters; null where the person thought better of it. */
export const askValues = (
  parameters: readonly Parameter[],
  remembered: ParameterValues,
  misfits: (values: ParameterValues) => Promise<readonly Misfit[]>,
): Promise<ParameterValues | null> =>
  new Promise((resolve) => {
    useValueQuestion.setState(({ asked }) => ({
      asked: asked + 1,
      question: {
        parameters,
        remembered,
        misfits,
        answer: (values) => {
          useValueQuestion.setState({ question: null });
          resolve(values);
        },
      },
    }));
  });
