/** Another model than the built-in one, as a step names it: another version is another model. */
export interface StepModel {
  readonly id: string;
  readonly version: string;
}

/** What the vectors of a model are kept by; no two models have the same. */
export const modelKey = ({ id, version }: StepModel): string => JSON.stringify([id, version]);
