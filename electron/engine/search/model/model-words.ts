import { z } from 'zod';

/** The file that makes a folder a model. */
export const manifestName = 'model.yaml';

/** pgvector's own limit. */
export const mostDimensions = 16_000;

/** A name, a version, a licence. */
export const word = z.string().trim().min(1).max(200);
