/**
 * The signature and the two words after it, which start every binary COPY.
 * Format: PostgreSQL documentation, "COPY", binary format.
 */
export const copyHeaderBytes = 19;
