import { typeFamily } from './column.ts';

/** Whether values of a type are vectors, or may be lists of numbers that are as good as vectors: as arrays, JSON or text. */
export const mayHoldVectors = (type: string): boolean =>
  typeFamily(type) === 'vector' || isNumberList(type) || ['json', 'text'].includes(typeFamily(type));

/** The same of types worth offering: any text could be a list. */
export const likelyVectors = (type: string): boolean => mayHoldVectors(type) && typeFamily(type) !== 'text';

/** Arrays of numbers. */
export const isNumberList = (type: string): boolean =>
  /^(real|double precision|smallint|integer|bigint|numeric(\(.*\))?)\[\]$/.test(type);
