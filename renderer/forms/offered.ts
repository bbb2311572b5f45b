import type { ComponentType } from 'react';
import type { Column } from '../../shared/column.ts';
import type { Parameter } from '../../shared/contract/pipelines.ts';
import type { EmbeddingModel } from '../../shared/contract/search.ts';
import type { Field, ParamShape } from '../../shared/params.ts';

/** Values of a form, by the parameter's name. */
export type Params = Readonly<Record<string, unknown>>;

/** What draws the fields of a shape; `path` leads to them from the form. */
export interface ParamFieldsProps {
  readonly shape: ParamShape;
  readonly values: Params;
  readonly onChange: (values: Params) => void;
  readonly offered: Offered;
  readonly path: string;
}

/** What the fields of a form offer, and what is wrong with them. */
export interface Offered {
  /** The columns of each input, by its place. */
  readonly inputs: readonly (readonly Column[])[];
  /** What a query calls each input, where it can name them. */
  readonly inputNames: readonly string[];
  /** What can be given to the pipeline that a step uses. */
  readonly settings: readonly Parameter[];
  readonly tables: readonly string[];
  readonly pipelines: readonly string[];
  /** Models on this computer that can embed. */
  readonly models: readonly Pick<EmbeddingModel, 'id' | 'version' | 'builtIn'>[];
  readonly faults: Readonly<Record<string, string>>;
  readonly disabled: boolean;
  /** Draws the fields of an entry of a list. */
  readonly Fields: ComponentType<ParamFieldsProps>;
}

/** What draws one parameter. */
export interface ParamFieldProps {
  readonly field: Field<unknown>;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly offered: Offered;
  /** The parameter's name, within lists `name.0.part`. */
  readonly path: string;
}
