import { fuzzystrmatch } from '@electric-sql/pglite/contrib/fuzzystrmatch';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { pg_textsearch } from '@electric-sql/pglite-pg_textsearch';
import { vector } from '@electric-sql/pglite-pgvector';

/** What the embedded PostgreSQL can do beyond its core: vectors, ranking by words, and telling how alike two texts are. */
export const extensions = { vector, pg_textsearch, pg_trgm, fuzzystrmatch };
